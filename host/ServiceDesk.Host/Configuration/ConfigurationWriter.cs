using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Host.Workflows;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Documents;

namespace ServiceDesk.Host.Configuration;

/// <summary>Writes differences that were read and reviewed, as one revision on top of the one they were compared with.</summary>
public sealed class ConfigurationWriter(
    IDocumentStore store,
    ConfigurationCache cache,
    ConfigurationReview review,
    DocumentText text,
    IEnumerable<IDocumentPreparation> preparations,
    IEnumerable<IChangeCheck> changes,
    WorkflowTickets tickets,
    IClock clock
)
{
    private const int Tries = 5;
    private const int LongestComment = 1_000;

    /// <summary>Finds what is wanted against the newest snapshot, reviews and writes it; begins again when another writer came between.</summary>
    /// <param name="wanted">The differences that are wanted from a snapshot, or an outcome that ends the attempt.</param>
    public Task<ConfigurationOutcome> WriteAsync(
        Func<ConfigurationSnapshot, (IReadOnlyList<DocumentDifference> Differences, ConfigurationOutcome? End)> wanted,
        ConfigurationAuthor author,
        bool isTrial,
        CancellationToken cancellation
    ) =>
        WriteAsync(
            wanted,
            (before, differences) => ReviewAsync(before, differences, author, cancellation),
            author,
            isTrial,
            cancellation
        );

    /// <summary>Like the other, together with a team or person that is named otherwise; also when no document names them.</summary>
    /// <exception cref="Storage.People.PeopleConflictException">The name or address is somebody else's: nothing is written.</exception>
    public Task<ConfigurationOutcome> WriteAsync(
        Func<ConfigurationSnapshot, (IReadOnlyList<DocumentDifference> Differences, ConfigurationOutcome? End)> wanted,
        Naming naming,
        ConfigurationAuthor author,
        CancellationToken cancellation
    ) =>
        WriteAsync(
            wanted,
            (before, differences) => ReviewAsync(before, differences, author, cancellation),
            author,
            isTrial: false,
            cancellation,
            naming
        );

    /// <summary>Writes differences that were reviewed together with others.</summary>
    public Task<ConfigurationOutcome> WriteUnreviewedAsync(
        Func<ConfigurationSnapshot, IReadOnlyList<DocumentDifference>> wanted,
        ConfigurationAuthor author,
        CancellationToken cancellation
    ) =>
        WriteAsync(
            before => (wanted(before), null),
            (_, _) => Task.FromResult<ValueList<FileProblem>>([]),
            author,
            isTrial: false,
            cancellation
        );

    private async Task<ConfigurationOutcome> WriteAsync(
        Func<ConfigurationSnapshot, (IReadOnlyList<DocumentDifference> Differences, ConfigurationOutcome? End)> wanted,
        Func<ConfigurationSnapshot, IReadOnlyCollection<DocumentDifference>, Task<ValueList<FileProblem>>> checkAsync,
        ConfigurationAuthor author,
        bool isTrial,
        CancellationToken cancellation,
        Naming? naming = null
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = await cache.RefreshAsync(cancellation);
            var (differences, end) = wanted(before);
            if (end is not null)
            {
                return end;
            }

            if (differences.Count == 0 && naming is null)
            {
                return new ConfigurationOutcome(ConfigurationStatus.Unchanged, before.Revision, [], []);
            }

            differences = await PreparedAsync(differences, isTrial, cancellation);
            if (differences.Count == 0 && naming is null)
            {
                return new ConfigurationOutcome(ConfigurationStatus.Unchanged, before.Revision, [], []);
            }

            differences = Moving(before, differences, author.StatusMoves);
            var problems = await checkAsync(before, differences);
            if (problems.Count > 0)
            {
                return new ConfigurationOutcome(ConfigurationStatus.Invalid, before.Revision, differences, problems);
            }

            if (await tickets.StrandedAsync(before, Apply(before, differences), cancellation) is { Count: > 0 } left)
            {
                problems = left.Select(one => new FileProblem(PathOf(one.Workflow), null, one.Problem)).ToValueList();
                return new(ConfigurationStatus.Invalid, before.Revision, differences, problems) { Stranded = left };
            }

            if (isTrial)
            {
                return new ConfigurationOutcome(ConfigurationStatus.Written, before.Revision, differences, []);
            }

            var outcome = await StoreAsync(before.Revision, differences, author, naming, cancellation);
            if (outcome.Written || attempt == Tries)
            {
                var status = outcome.Written ? ConfigurationStatus.Written : ConfigurationStatus.Conflict;
                await cache.RefreshAsync(CancellationToken.None);
                return new ConfigurationOutcome(status, outcome.Revision, differences, []);
            }
        }
    }

    // What was said of tickets stands in the workflow that they then have, and is written with it.
    private static IReadOnlyList<DocumentDifference> Moving(
        ConfigurationSnapshot before,
        IReadOnlyList<DocumentDifference> differences,
        ValueList<StatusMove> moves
    )
    {
        foreach (var lost in moves.Count == 0 ? [] : LostStatuses.Between(before, Apply(before, differences)))
        {
            var kept = differences.FirstOrDefault(one =>
                one.After is WorkflowDocument { Id: var id } && id == lost.Workflow.Id
            );
            var workflow = (WorkflowDocument?)kept?.After ?? lost.Workflow;
            var open = lost.Statuses.Select(status => status.Id).Except(workflow.Replaced.Select(one => one.From));
            var after = LostStatuses.Moving(workflow, open, moves);
            if (after != workflow)
            {
                differences =
                [
                    .. differences.Where(one => one != kept),
                    kept is null
                        ? new(DifferenceKind.Changed, DocumentKinds.Workflow, workflow.Id, workflow, after)
                        : kept with
                        {
                            After = after,
                        },
                ];
            }
        }

        return differences;
    }

    private static string PathOf(WorkflowDocument workflow) =>
        ConfigurationFolder.PathOf(DocumentKinds.Workflow, workflow.Id);

    // What is kept elsewhere goes out of a document, which then may be the same as before.
    private async Task<IReadOnlyList<DocumentDifference>> PreparedAsync(
        IReadOnlyList<DocumentDifference> differences,
        bool isTrial,
        CancellationToken cancellation
    )
    {
        var prepared = new List<DocumentDifference>();
        foreach (var difference in differences)
        {
            var document = difference.After;
            foreach (var preparation in document is null ? [] : preparations)
            {
                document = await preparation.PrepareAsync(document!, isTrial, cancellation);
            }

            if (
                document is null
                || difference.Before is null
                || text.ToJson(document) != text.ToJson(difference.Before)
            )
            {
                prepared.Add(difference with { After = document });
            }
        }

        return prepared;
    }

    /// <summary>The configuration with the differences in it.</summary>
    public static ConfigurationSnapshot Apply(
        ConfigurationSnapshot before,
        IReadOnlyCollection<DocumentDifference> differences
    )
    {
        var touched = differences.Select(difference => (difference.Kind, difference.Id)).ToHashSet();
        return ConfigurationSnapshot.Of(
            before.Revision + 1,
            before
                .Documents.Select(entry => entry.Document)
                .Where(document => !touched.Contains((DocumentTypes.KindOf(document), document.Id)))
                .Concat(differences.Select(difference => difference.After).OfType<ConfigurationDocument>())
        );
    }

    private async Task<ValueList<FileProblem>> ReviewAsync(
        ConfigurationSnapshot before,
        IReadOnlyCollection<DocumentDifference> differences,
        ConfigurationAuthor author,
        CancellationToken cancellation
    )
    {
        var after = Apply(before, differences);
        var found = review.Problems(before, after).ToList();
        foreach (var change in changes)
        {
            found.AddRange(await change.CheckAsync(before, after, differences, author, cancellation));
        }

        return found
            .Select(problem => new FileProblem(
                ConfigurationFolder.PathOf(problem.Kind, problem.Id),
                Line(differences, problem),
                problem.Problem
            ))
            .ToValueList();
    }

    private int? Line(IEnumerable<DocumentDifference> differences, ConfigurationProblem found)
    {
        var changed = differences.FirstOrDefault(d => d.Kind == found.Kind && d.Id == found.Id)?.After;
        return changed is null ? null : text.FromYaml(text.ToYaml(changed)).LineOf(found.Problem);
    }

    private Task<DocumentWriteOutcome> StoreAsync(
        long revision,
        IEnumerable<DocumentDifference> differences,
        ConfigurationAuthor author,
        Naming? naming,
        CancellationToken cancellation
    )
    {
        var comment = author.Comment?.Trim();
        var written = differences
            .Select(difference => new DocumentChange(
                difference.Kind,
                difference.Id,
                difference.After is null ? null : text.ToJson(difference.After)
            ))
            .ToList();
        var by = new DocumentAuthor(
            author.Person,
            author.Source,
            clock.GetCurrentInstant(),
            string.IsNullOrEmpty(comment) ? null : comment[..Math.Min(comment.Length, LongestComment)]
        )
        {
            RunningClocks = author.RunningClocks,
        };
        return naming is null
            ? store.WriteAsync(revision, written, by, cancellation)
            : store.WriteAsync(revision, written, by, naming, cancellation);
    }
}
