using ServiceDesk.Core.Query;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Log;

/// <summary>The rows that follow from a snapshot: what lists, queries and the access filter read. Pure, so that they can be checked and rebuilt.</summary>
internal sealed class TicketProjection
{
    public TicketProjection(TicketSnapshot snapshot, TicketExtensions extensions)
    {
        Ticket = TicketValues(snapshot);
        Children =
        [
            [
                .. SearchableFields
                    .Of(snapshot.State, extensions)
                    // Two plugins may bring a query field of one name; the first one's value stands.
                    .DistinctBy(value => (value.Field, value.Ordinal))
                    .Select(value => (object?[])[value.Field, value.Ordinal, value.Text, value.Number, value.Moment]),
            ],
            [
                .. snapshot.State.Participants.Select(person => (object?[])[person.Value, 1]),
                .. snapshot.State.Watchers.Select(person => (object?[])[person.Value, 2]),
                .. snapshot.State.Approvers().Select(person => (object?[])[person.Value, TicketPersonRow.Approver]),
                .. snapshot.State.HaveAnswered().Select(person => (object?[])[person.Value, TicketPersonRow.Answerer]),
                .. snapshot.State.TaskDoers().Select(person => (object?[])[person.Value, TicketPersonRow.TaskDoer]),
            ],
            [.. snapshot.State.SharedWith.Select(organization => (object?[])[organization.Value])],
            [.. SearchableFields.Labels(snapshot.State).Select(label => (object?[])[label])],
            [.. snapshot.Clocks.Select(clock => ClockValues(clock, snapshot))],
        ];
    }

    /// <summary>The values of the ticket's row, in the order of its columns.</summary>
    public object?[] Ticket { get; }

    /// <summary>The rows of each of <see cref="TicketTables.Children"/>, in their order.</summary>
    public object?[][][] Children { get; }

    /// <summary>Text as every database takes it.</summary>
    public static string Storable(string text) => text.Replace('\0', '\uFFFD');

    /// <summary>The values of a change's row, without the ticket's id.</summary>
    public static object?[] ChangeValues(SearchableChange change) =>
        [change.Version, (int)change.Field, change.From, change.To, change.At, change.By];

    private static object?[] TicketValues(TicketSnapshot snapshot)
    {
        var state = snapshot.State;
        var externalId = state.ExternalId is { } id ? Storable(id) : null;
        return
        [
            state.Id.Value,
            state.Version,
            state.Key.ToString(),
            state.Desk,
            state.Key.Number,
            state.Type,
            state.RequestType,
            Storable(state.Summary),
            state.Status,
            (int)state.Category,
            state.Resolution,
            (int)state.Priority,
            state.Requester.Value,
            state.Organization?.Value,
            state.IsPrivate ? true : null,
            state.Assignee?.Value,
            state.Team?.Value,
            (int)state.Channel,
            externalId,
            SearchableFields.ExternalId(state),
            state.CreatedAt.ToUnixTimeTicks(),
            state.UpdatedAt.ToUnixTimeTicks(),
            state.PublicUpdatedAt.ToUnixTimeTicks(),
            state.ResolvedAt?.ToUnixTimeTicks(),
            state.ClosedAt?.ToUnixTimeTicks(),
            state.StatusSince.ToUnixTimeTicks(),
            state.ReopenCount,
            state.PublicComments,
            state.InternalNotes,
            state.Attachments,
            NextDue(snapshot),
        ];
    }

    private static long NextDue(TicketSnapshot snapshot) =>
        snapshot
            .Clocks.Where(clock => clock.Status == ClockStatus.Running && clock.DueAt is not null)
            .Select(clock => clock.DueAt!.Value.ToUnixTimeTicks())
            .DefaultIfEmpty(TicketRow.NoDue)
            .Min();

    private static object?[] ClockValues(SlaClock clock, TicketSnapshot snapshot) =>
        [
            clock.Metric,
            clock.Cycle,
            (int)clock.Status,
            (int)clock.Verdict,
            clock.DueAt?.ToUnixTimeTicks(),
            clock.Elapsed.BclCompatibleTicks,
            clock.Target.BclCompatibleTicks,
            clock.Since.ToUnixTimeTicks(),
            clock.Calendar.Id,
            clock.Calendar.Version,
            snapshot.Clocks.All(other => other.Metric != clock.Metric || other.Cycle <= clock.Cycle),
        ];
}
