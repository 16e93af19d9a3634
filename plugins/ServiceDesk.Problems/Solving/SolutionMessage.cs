using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Problems.Solving;

/// <summary>The message that the customer of an incident gets: a text in the customer's language with places to fill.</summary>
public static class SolutionMessage
{
    /// <summary>The places: who is told, the incident's key and its summary.</summary>
    public static IReadOnlyList<string> Places { get; } = ["{name}", "{key}", "{summary}"];

    /// <summary>The message for an incident. What fills a place is shown as it is, whatever Markdown it may hold.</summary>
    /// <param name="customer">The requester; null for one who is gone.</param>
    public static string For(TicketState incident, Person? customer, string english, string korean)
    {
        var text = customer?.Language == "ko" ? korean : english;
        return Fill(text, customer?.Name ?? string.Empty, incident);
    }

    // One pass, so that a summary that reads like a place is not filled again.
    private static string Fill(string text, string name, TicketState incident)
    {
        var result = new System.Text.StringBuilder();
        for (var at = 0; at < text.Length; )
        {
            var place = Places.FirstOrDefault(one => string.CompareOrdinal(text, at, one, 0, one.Length) == 0);
            if (place is null)
            {
                result.Append(text[at++]);
                continue;
            }

            at += place.Length;
            result.Append(
                Plain(
                    place switch
                    {
                        "{name}" => name,
                        "{key}" => incident.Key.ToString(),
                        _ => incident.Summary,
                    }
                )
            );
        }

        return result.ToString();
    }

    private static string Plain(string text) =>
        string.Concat(text.Select(one => "\\`*_[]<>#|!".Contains(one) ? $"\\{one}" : one.ToString()));
}
