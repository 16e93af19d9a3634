using NodaTime;
using ServiceDesk.Core.Query.Binding;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Query.Evaluation;

/// <summary>A ticket as predicates read it in memory. Not safe for several threads at once.</summary>
/// <param name="ticket">The ticket with its clocks.</param>
/// <param name="extensions">What reads plugins' query fields.</param>
/// <param name="comments">The texts of its comments and notes; empty where searches do not read them.</param>
/// <param name="changes">What changed in its life; conditions of configuration do not read it.</param>
public sealed class QuerySubject(
    TicketSnapshot ticket,
    TicketExtensions extensions,
    IReadOnlyList<SearchableText> comments,
    IReadOnlyList<SearchableChange>? changes = null
)
{
    private Dictionary<string, SearchableValue[]>? values;
    private SearchableText[]? texts;

    /// <summary>A ticket without the texts of its comments.</summary>
    public QuerySubject(TicketSnapshot ticket, TicketExtensions extensions)
        : this(ticket, extensions, []) { }

    private TicketState State => ticket.State;

    internal long CreatedAt => State.CreatedAt.ToUnixTimeTicks();

    internal IEnumerable<SearchableChange> Changes(HistoryField field) =>
        (changes ?? []).Where(change => change.Field == field);

    internal IEnumerable<string> Texts(TextSlot slot) =>
        slot.Column switch
        {
            TextColumn.Key => State.FormerKeys.Append(State.Key).Select(key => key.ToString()),
            TextColumn.Desk => [State.Desk],
            TextColumn.Type => [State.Type],
            TextColumn.RequestType => Present(State.RequestType),
            TextColumn.Status => [State.Status],
            TextColumn.Resolution => Present(State.Resolution),
            TextColumn.ExternalId => Present(SearchableFields.ExternalId(State)),
            TextColumn.Label => SearchableFields.Labels(State),
            _ => Values(slot.Field!).Where(value => value.Text is not null).Select(value => value.Text!),
        };

    internal IEnumerable<double> Numbers(NumberSlot slot) =>
        slot.Column switch
        {
            NumberColumn.KeyNumber => [State.Key.Number],
            NumberColumn.Category => [(int)State.Category],
            NumberColumn.Priority => [(int)State.Priority],
            NumberColumn.Channel => [(int)State.Channel],
            NumberColumn.Reopens => [State.ReopenCount],
            NumberColumn.PublicComments => [State.PublicComments],
            NumberColumn.InternalNotes => [State.InternalNotes],
            NumberColumn.Attachments => [State.Attachments],
            _ => Values(slot.Field!).Where(value => value.Number is not null).Select(value => value.Number!.Value),
        };

    internal IEnumerable<long> Ids(IdSlot slot) =>
        slot.Column switch
        {
            IdColumn.Requester => [State.Requester.Value],
            IdColumn.Organization => Present(State.Organization?.Value),
            IdColumn.Assignee => Present(State.Assignee?.Value),
            IdColumn.Team => Present(State.Team?.Value),
            IdColumn.Participant => State.Participants.Select(person => person.Value),
            IdColumn.Approver => State.Approvers().Select(person => person.Value),
            IdColumn.Answerer => State.HaveAnswered().Select(person => person.Value),
            IdColumn.TaskDoer => State.TaskDoers().Select(person => person.Value),
            IdColumn.SharedWith => State.SharedWith.Select(organization => organization.Value),
            _ => State.Watchers.Select(person => person.Value),
        };

    internal IEnumerable<long> Moments(MomentSlot slot) =>
        slot.Column switch
        {
            MomentColumn.Created => [State.CreatedAt.ToUnixTimeTicks()],
            MomentColumn.PublicUpdated => [State.PublicUpdatedAt.ToUnixTimeTicks()],
            MomentColumn.Updated => [State.UpdatedAt.ToUnixTimeTicks()],
            MomentColumn.Resolved => Present(State.ResolvedAt?.ToUnixTimeTicks()),
            MomentColumn.Closed => Present(State.ClosedAt?.ToUnixTimeTicks()),
            MomentColumn.StatusSince => [State.StatusSince.ToUnixTimeTicks()],
            MomentColumn.Due => Present(NextDue(ticket)?.ToUnixTimeTicks()),
            _ => Values(slot.Field!).Where(value => value.Moment is not null).Select(value => value.Moment!.Value),
        };

    internal bool Has(QuerySlot slot) =>
        slot switch
        {
            TextSlot texts => Texts(texts).Any(),
            NumberSlot numbers => Numbers(numbers).Any(),
            IdSlot ids => Ids(ids).Any(),
            MomentSlot moments => Moments(moments).Any(),
            _ => throw new InvalidOperationException($"No such slot: {slot}"),
        };

    internal bool Mentions(Mentions mentions) =>
        (texts ??= [.. SearchableText.Of(State), .. comments]).Any(text =>
            (mentions.WithInternal || text.Visibility == Visibility.Public)
            && (mentions.Scope == TextScope.Everything || (int)mentions.Scope == (int)text.Part)
            && text.Text.Contains(mentions.Term, StringComparison.Ordinal)
        );

    /// <summary>The texts of the ticket itself that a search in the scope reads, as they are.</summary>
    internal IEnumerable<string> TextsOf(TextScope scope) =>
        scope switch
        {
            TextScope.Summary => [State.Summary],
            TextScope.Description => [State.Description],
            _ => [State.Summary, State.Description],
        };

    internal IEnumerable<SlaClock> CurrentClocks(IReadOnlyCollection<string> metrics) =>
        CurrentClocks(ticket).Where(clock => metrics.Contains(clock.Metric, StringComparer.Ordinal));

    /// <summary>The newest cycle of each metric.</summary>
    public static IEnumerable<SlaClock> CurrentClocks(TicketSnapshot ticket) =>
        ticket
            .Clocks.GroupBy(clock => clock.Metric, StringComparer.Ordinal)
            .Select(group => group.MaxBy(one => one.Cycle)!);

    /// <summary>The nearest due instant of the running clocks, passed ones included; null when none runs.</summary>
    public static Instant? NextDue(TicketSnapshot ticket) =>
        ticket.Clocks.Where(clock => clock.Status == ClockStatus.Running).Min(clock => clock.DueAt);

    private SearchableValue[] Values(string field)
    {
        values ??= SearchableFields
            .Of(State, extensions)
            .GroupBy(value => value.Field, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        return values.GetValueOrDefault(field, []);
    }

    private static IEnumerable<string> Present(string? value) => value is null ? [] : [value];

    private static IEnumerable<long> Present(long? value) => value is { } present ? [present] : [];
}
