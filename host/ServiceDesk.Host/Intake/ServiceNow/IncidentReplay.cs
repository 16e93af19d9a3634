using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Intake.ServiceNow;

/// <summary>What became of the rows of one incident.</summary>
public sealed record ReplayOutcome(int Applied, int Unchanged, IReadOnlyList<RowRefusal> Refused);

/// <summary>A row that was not taken, and why.</summary>
/// <param name="Line">The line of the file.</param>
/// <param name="Problem">The reason; a problem of the row or the ticket's refusal.</param>
public sealed record RowRefusal(int Line, RowProblem Problem);

/// <summary>
/// Replays the rows of one incident as commands to its ticket, each row in one commit under a key of its own: so a second
/// run, or one after a crash, knows how far the first one came.
/// </summary>
public sealed class IncidentReplay(
    ITicketGrains grains,
    ITicketStore store,
    ImportedPeople people,
    IConfiguration configuration,
    string desk,
    Instant now
)
{
    public const string Source = "servicenow";
    public const string Type = "incident";
    private static readonly Actor Importer = new(ActorKind.Import, null, Source);

    public async Task<ReplayOutcome> RunAsync(IEnumerable<IncidentRow> rows, CancellationToken cancellation)
    {
        var (current, refused) = InOrder(rows);
        if (current.Count == 0)
        {
            return new ReplayOutcome(0, 0, refused);
        }

        var outOfOrder = refused.Count;
        var ticket = await FindAsync(OpenKey(current[0]), cancellation);
        var done = ticket is null ? 0 : await TakenAsync(current, cancellation);
        var (applied, wasRefused) = (0, false);
        for (var i = done; i < current.Count; i++)
        {
            var row = current[i];
            var opened = ticket is null;
            var answer = ticket is null
                ? await grains.OpenAsync(Open(row), cancellation)
                : GrainAnswer.Accepted(ticket, []);
            if (answer.IsAccepted)
            {
                ticket = answer.Ticket!;
                answer =
                    !wasRefused && TellsTheSame(i == 0 ? null : current[i - 1], row)
                        ? GrainAnswer.Accepted(ticket, [])
                        : await ChangeAsync(ticket, row, cancellation);
            }

            wasRefused = !answer.IsAccepted;

            if (!answer.IsAccepted)
            {
                refused.Add(Refused(row, answer.Refusals[0]));
                continue;
            }

            applied += opened || answer.Events.Count > 0 ? 1 : 0;
            ticket = answer.Ticket!;
        }

        if (ticket is not null)
        {
            await CorrectAsync(ticket, current[^1], cancellation);
            await SettleAsync(ticket, cancellation);
        }

        return new ReplayOutcome(
            applied,
            current.Count - applied - refused.Count(r => current.Any(c => c.Line == r.Line)),
            refused
        );
    }

    // By time; a row that tells an older modification than the one before it, or of a state that is unknown here, is not taken.
    private static (List<IncidentRow> Rows, List<RowRefusal> Refused) InOrder(IEnumerable<IncidentRow> rows)
    {
        var (taken, refused) = (new List<IncidentRow>(), new List<RowRefusal>());
        foreach (var row in rows.OrderBy(row => row.UpdatedAt).ThenBy(row => row.Modification).ThenBy(row => row.Line))
        {
            if (row.Status is null)
            {
                refused.Add(new RowRefusal(row.Line, RowProblem.At(row.Line, "import.state-unknown", row.State)));
            }
            else if (taken.Count > 0 && row.Modification < taken[^1].Modification)
            {
                refused.Add(new RowRefusal(row.Line, RowProblem.At(row.Line, "import.row-older", row.Number)));
            }
            else
            {
                taken.Add(row);
            }
        }

        return (taken, refused);
    }

    // A row that tells what the one before it told, or what opening made, asks for nothing: what people did since stays.
    private static bool TellsTheSame(IncidentRow? before, IncidentRow row) =>
        before is null
            ? row is { Status: "new", Group: null, Assignee: null }
            : (before.Status, before.Priority, before.Impact, before.Urgency, before.Group, before.Assignee)
                == (row.Status, row.Priority, row.Impact, row.Urgency, row.Group, row.Assignee);

    private async Task<TicketSnapshot?> FindAsync(string key, CancellationToken cancellation) =>
        await store.FindAnswerAsync(key, cancellation) is { } opened
            ? await grains.GetAsync(opened.Ticket, cancellation)
            : null;

    // The last row that left a mark, and all before it, were taken by an earlier run. Rows that tell nothing new leave none.
    private async Task<int> TakenAsync(List<IncidentRow> rows, CancellationToken cancellation)
    {
        for (var i = rows.Count - 1; i >= 0; i--)
        {
            if (await store.FindAnswerAsync(RowKey(rows[i]), cancellation) is not null)
            {
                return i + 1;
            }
        }

        return 0;
    }

    private CommandEnvelope Open(IncidentRow row) =>
        new(
            new OpenTicket(
                desk,
                Type,
                null,
                row.Summary,
                row.Description,
                people.Caller(row.Caller),
                null,
                row.Priority,
                ValueMap<FieldValue>.From(Levels(row).Select(level => KeyValuePair.Create(level.Key, level.Value!))),
                Channel.Import
            )
            {
                ExternalId = row.Number,
                History = new MarkImported(Source, now),
            },
            Importer
        )
        {
            At = row.OpenedAt,
            IdempotencyKey = OpenKey(row),
        };

    private async Task<GrainAnswer> ChangeAsync(TicketSnapshot ticket, IncidentRow row, CancellationToken cancellation)
    {
        var parts = Parts(ticket.State, row).ToValueList();
        return parts.Count == 0
            ? GrainAnswer.Accepted(ticket, [])
            : await grains.SendAsync(
                ticket.State.Id,
                new CommandEnvelope(new ChangeTicket(parts), Importer)
                {
                    At = row.UpdatedAt,
                    IdempotencyKey = RowKey(row),
                },
                cancellation
            );
    }

    private IEnumerable<TicketCommand> Parts(TicketState ticket, IncidentRow row)
    {
        if (ticket.Priority != row.Priority)
        {
            yield return new SetPriority(row.Priority);
        }

        var levels = Levels(row).Where(level => !Equals(ticket.Fields.Find(level.Key), level.Value)).ToList();
        if (levels.Count > 0)
        {
            yield return new EditTicket(Fields: ValueMap<FieldValue?>.From(levels));
        }

        var (assignee, team) = (people.Agent(row.Assignee), people.Team(row.Group));
        if (ticket.Assignee != assignee || ticket.Team != team)
        {
            yield return new AssignTicket(assignee, team);
        }

        if (ticket.Status != row.Status)
        {
            yield return new TransitionTicket(row.Status!, null, ValueMap<FieldValue?>.Empty);
        }
    }

    // Impact and urgency, where the tickets of the type have them.
    private IEnumerable<KeyValuePair<string, FieldValue?>> Levels(IncidentRow row)
    {
        var fields = configuration.TryGet<TicketTypeDocument>(Type, out var type) ? type.Fields : [];
        return new[] { ("impact", row.Impact), ("urgency", row.Urgency) }
            .Where(level => level.Item2 is not null && fields.Contains(level.Item1))
            .Select(level => KeyValuePair.Create<string, FieldValue?>(level.Item1, new ChoiceValue(level.Item2!)));
    }

    // The file says when it was opened, resolved and closed, and its last word counts. What people did since stays.
    private async Task CorrectAsync(TicketSnapshot ticket, IncidentRow last, CancellationToken cancellation)
    {
        if (ticket.State.UpdatedAt > last.UpdatedAt || ticket.State.Status != last.Status)
        {
            return;
        }

        var isDone = ticket.State.Category == StatusCategory.Done;
        var dates = new CorrectDates(
            last.OpenedAt,
            isDone ? last.ResolvedAt : null,
            ticket.State.ClosedAt is null ? null : last.ClosedAt
        );
        var envelope = new CommandEnvelope(dates, Importer) { At = last.UpdatedAt };
        await grains.SendAsync(ticket.State.Id, envelope, cancellation);
    }

    // The last row is told, so what was due since stands in the record now. Where nothing was, this changes nothing.
    private Task SettleAsync(TicketSnapshot ticket, CancellationToken cancellation)
    {
        var mark = new MarkImported(Source, ticket.State.ImportedUntil ?? now);
        return grains.SendAsync(ticket.State.Id, new CommandEnvelope(mark, Importer), cancellation);
    }

    private static RowRefusal Refused(IncidentRow row, Refusal refusal) =>
        new(row.Line, new RowProblem(row.Line, refusal.Code, [.. refusal.Arguments]));

    private string OpenKey(IncidentRow row) => $"{Source}:{desk}:{row.Number}:open";

    private string RowKey(IncidentRow row) => $"{Source}:{desk}:{row.Number}:{row.Modification}:{row.Fingerprint}";
}
