using ServiceDesk.Links.State;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Problems;

/// <summary>An incident that may belong to a problem.</summary>
/// <param name="Ticket">The incident.</param>
/// <param name="Score">How much its summary has in common; words that few incidents have weigh more.</param>
public sealed record SimilarIncident(TicketState Ticket, double Score);

/// <summary>Finds open incidents of the same desk whose summaries share words with a problem's.</summary>
public sealed class SimilarIncidents(ITicketQueries queries)
{
    private const int MostWords = 8;
    private const int MostFound = 200;
    private const int Most = 10;
    private static readonly string[] Particles =
    [
        "에서",
        "으로",
        "을",
        "를",
        "이",
        "가",
        "은",
        "는",
        "의",
        "에",
        "로",
        "와",
        "과",
        "도",
    ];

    /// <summary>The best first, at most 10, only what the viewer may see and what is not attached yet.</summary>
    public async Task<IReadOnlyList<SimilarIncident>> FindAsync(
        Viewer viewer,
        TicketState problem,
        CancellationToken cancellation = default
    )
    {
        var words = WordsOf(problem.Summary);
        if (words.Count == 0)
        {
            return [];
        }

        var any = string.Join(" OR ", words.Select(word => $"summary ~ \"{word}\""));
        var query = $"type = incident AND category != done AND desk = {problem.Desk} AND ({any}) ORDER BY created DESC";
        var page = await queries.FindAsync(viewer, query, MostFound, cursor: null, cancellation);
        var attached = problem.Links().Others.Append(problem.Id).ToHashSet();
        return Rank(words, page.Items.Select(item => item.State).Where(ticket => !attached.Contains(ticket.Id)));
    }

    /// <summary>Orders incidents by the words of the problem that their summaries hold. Pure.</summary>
    public static IReadOnlyList<SimilarIncident> Rank(IReadOnlyList<string> words, IEnumerable<TicketState> incidents)
    {
        var all = incidents.ToList();
        var weights = words.ToDictionary(
            word => word,
            word => 1.0 / (1 + all.Count(ticket => Holds(ticket, word))),
            StringComparer.Ordinal
        );
        return
        [
            .. all.Select(ticket => new SimilarIncident(
                    ticket,
                    words.Where(word => Holds(ticket, word)).Sum(word => 1 + weights[word])
                ))
                .Where(one => one.Score > 0)
                .OrderByDescending(one => one.Score)
                .ThenByDescending(one => one.Ticket.CreatedAt)
                .ThenBy(one => one.Ticket.Id.Value)
                .Take(Most),
        ];
    }

    /// <summary>The words of a summary that say something, without Korean particles at their end: at most 8.</summary>
    public static IReadOnlyList<string> WordsOf(string summary)
    {
        var letters = string.Concat(
            summary.Select(one => char.IsLetterOrDigit(one) ? char.ToLowerInvariant(one) : ' ')
        );
        return
        [
            .. letters
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(Stem)
                .Where(word => word.Length > 2 || (word.Length == 2 && word[0] >= '가'))
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(word => word.Length)
                .Take(MostWords),
        ];
    }

    private static string Stem(string word)
    {
        var particle =
            word[^1] >= '가'
                ? Particles.FirstOrDefault(one =>
                    word.Length > one.Length + 1 && word.EndsWith(one, StringComparison.Ordinal)
                )
                : null;
        return particle is null ? word : word[..^particle.Length];
    }

    private static bool Holds(TicketState ticket, string word) =>
        ticket.Summary.Contains(word, StringComparison.OrdinalIgnoreCase);
}
