using System.Globalization;
using System.Text.RegularExpressions;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tickets;

/// <summary>People whom a text mentions: links to <c>person:ID</c>, such as <c>[@Emily Carter](person:12)</c>.</summary>
public static partial class MentionedPeople
{
    private const string Scheme = "person:";
    private const int Most = 50;

    /// <summary>The people in a text, each once.</summary>
    public static IReadOnlyCollection<PersonId> In(string markdown) =>
        [
            .. Links()
                .Matches(markdown)
                .Select(found => PersonIn(found.Groups["person"].Value))
                .OfType<PersonId>()
                .Distinct()
                .Take(Most),
        ];

    /// <summary>The person that an address names; null when it names none.</summary>
    public static PersonId? PersonIn(string? address) =>
        address is not null
        && address.StartsWith(Scheme, StringComparison.Ordinal)
        && long.TryParse(address.AsSpan(Scheme.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new PersonId(id)
            : null;

    [GeneratedRegex(
        @"\]\((?<person>person:[0-9]{1,18})\)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Links();
}
