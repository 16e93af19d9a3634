using NodaTime;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Model;

namespace ServiceDesk.Storage.Queries;

/// <summary>Makes lines of lists from rows.</summary>
internal static class TicketListItems
{
    public static TicketListItem Of(TicketRow row, IEnumerable<TicketClockRow> clocks, Viewer viewer)
    {
        var works = viewer.WorksOn(row.Desk);
        return new TicketListItem
        {
            Id = new TicketId(row.Id),
            Key = new TicketKey(row.Desk, row.Number),
            Version = row.Version,
            Type = row.Type,
            RequestType = row.RequestType,
            Summary = row.Summary,
            Status = row.Status,
            Category = (StatusCategory)row.Category,
            Resolution = row.Resolution,
            Priority = (Priority)row.Priority,
            Requester = new PersonId(row.RequesterId),
            Organization =
                row.OrganizationId is { } organization
                && (works || viewer.Person.Organizations.Contains(new OrganizationId(organization)))
                    ? new OrganizationId(organization)
                    : null,
            Assignee = works && row.AssigneeId is { } assignee ? new PersonId(assignee) : null,
            Team = works && row.TeamId is { } team ? new TeamId(team) : null,
            Channel = works ? (Channel)row.Channel : null,
            ExternalId = works ? row.ExternalId : null,
            CreatedAt = Instant.FromUnixTimeTicks(row.CreatedAt),
            UpdatedAt = Instant.FromUnixTimeTicks(works ? row.UpdatedAt : row.PublicUpdatedAt),
            ResolvedAt = At(row.ResolvedAt),
            ClosedAt = At(row.ClosedAt),
            StatusSince = works ? At(row.StatusSince) : null,
            PublicComments = row.PublicComments,
            NextDueAt = works && row.NextDueAt != TicketRow.NoDue ? At(row.NextDueAt) : null,
            Clocks = works
                ? clocks.OrderBy(clock => clock.Metric, StringComparer.Ordinal).Select(Clock).ToValueList()
                : [],
        };
    }

    private static ListedClock Clock(TicketClockRow row) =>
        new(
            row.Metric,
            (ClockStatus)row.Status,
            (ClockVerdict)row.Verdict,
            At(row.DueAt),
            Duration.FromTicks(row.ElapsedTicks),
            Duration.FromTicks(row.TargetTicks),
            Instant.FromUnixTimeTicks(row.Since),
            new DocumentVersion(row.Calendar, row.CalendarVersion)
        );

    private static Instant? At(long? ticks) => ticks is { } value ? Instant.FromUnixTimeTicks(value) : null;
}
