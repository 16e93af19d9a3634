using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Reports.Facts;

/// <summary>By what figures are told apart, as words: ids, keys and digits of identities; empty for none.</summary>
public sealed record Marks(
    string Desk,
    string Type,
    string RequestType,
    string Priority,
    string Organization,
    string Assignee,
    string Team,
    string Channel
);

/// <summary>A time during which the ticket was open and its marks did not change. The end does not belong to it; null while it lasts.</summary>
public sealed record Stretch(Instant From, Instant? To, Marks Marks);

/// <summary>A value that a plugin's series read from an event, in thousandths.</summary>
public sealed record Reading(string Series, Instant At, long Value);

/// <summary>
/// What reports know of a ticket: a pure fold over its events. A resolution counts while it stands: one after which the ticket
/// was opened again is taken back.
/// </summary>
public sealed record TicketFigures
{
    /// <summary>The version of the last event that is in it.</summary>
    public required long Version { get; init; }

    /// <summary>When it was opened.</summary>
    public required Instant OpenedAt { get; init; }

    /// <summary>As it is now.</summary>
    public required Marks Marks { get; init; }

    /// <summary>Whether it is open.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>When it was resolved; null while it is open.</summary>
    public Instant? ResolvedAt { get; init; }

    /// <summary>The first public comment by somebody who is not a customer of the ticket.</summary>
    public Instant? RespondedAt { get; init; }

    /// <summary>Each time it was opened again.</summary>
    public ValueList<Instant> Reopenings { get; init; } = [];

    /// <summary>The times during which it was open, in order, without overlap.</summary>
    public ValueList<Stretch> Stretches { get; init; } = [];

    /// <summary>What plugins' series read.</summary>
    public ValueList<Reading> Readings { get; init; } = [];

    /// <summary>The figures after an event; null as long as the ticket was not opened. Total: what it does not know only counts.</summary>
    /// <param name="before">The figures before; they stay as they are when the event is in them.</param>
    /// <param name="recorded">The event.</param>
    /// <param name="readings">What plugins' series read from it.</param>
    public static TicketFigures? After(
        TicketFigures? before,
        RecordedEvent recorded,
        params ReadOnlySpan<Reading> readings
    )
    {
        if (before is not null && recorded.Version <= before.Version)
        {
            return before;
        }

        var after = recorded.Event is TicketOpened opened ? Opened(opened, recorded) : before?.With(recorded);
        return after is null
            ? null
            : after with
            {
                Version = recorded.Version,
                Readings = readings.IsEmpty ? after.Readings : [.. after.Readings, .. readings],
            };
    }

    private static TicketFigures Opened(TicketOpened opened, RecordedEvent recorded)
    {
        var marks = new Marks(
            opened.Key.Desk,
            opened.Type,
            opened.RequestType ?? string.Empty,
            Word(opened.Priority),
            opened.Organization?.ToString() ?? string.Empty,
            opened.Assignee?.ToString() ?? string.Empty,
            opened.Team?.ToString() ?? string.Empty,
            opened.Channel.ToString().ToLowerInvariant()
        );
        var isOpen = opened.Category != StatusCategory.Done;
        return new TicketFigures
        {
            Version = recorded.Version,
            OpenedAt = recorded.At,
            Marks = marks,
            IsOpen = isOpen,
            ResolvedAt = isOpen ? null : recorded.At,
            Stretches = isOpen ? [new Stretch(recorded.At, null, marks)] : [],
        };
    }

    private TicketFigures With(RecordedEvent recorded) =>
        recorded.Event switch
        {
            TicketAssigned assigned => Marked(
                Marks with
                {
                    Assignee = assigned.Assignee?.ToString() ?? string.Empty,
                    Team = assigned.Team?.ToString() ?? string.Empty,
                },
                recorded.At
            ),
            PriorityChanged changed => Marked(Marks with { Priority = Word(changed.To) }, recorded.At),
            OrganizationChanged changed => Marked(
                Marks with
                {
                    Organization = changed.To?.ToString() ?? string.Empty,
                },
                recorded.At
            ),
            PublicCommentAdded { ByCustomer: false } => this with { RespondedAt = RespondedAt ?? recorded.At },
            StatusChanged changed => Entered(changed.Category, recorded.At),
            TicketMoved moved => Marked(
                    Marks with
                    {
                        Desk = moved.To.Desk,
                        Type = moved.Type,
                        RequestType = moved.RequestType ?? string.Empty,
                    },
                    recorded.At
                )
                .Entered(moved.Category, recorded.At),
            DatesCorrected corrected => Corrected(corrected),
            _ => this,
        };

    private TicketFigures Marked(Marks marks, Instant at) =>
        marks == Marks
            ? this
            : this with
            {
                Marks = marks,
                Stretches = IsOpen ? [.. Ended(at), new Stretch(at, null, marks)] : Stretches,
            };

    private TicketFigures Entered(StatusCategory category, Instant at)
    {
        var isOpen = category != StatusCategory.Done;
        if (isOpen == IsOpen)
        {
            return this;
        }

        return isOpen
            ? this with
            {
                IsOpen = true,
                ResolvedAt = null,
                Reopenings = [.. Reopenings, at],
                Stretches = [.. Stretches, new Stretch(at, null, Marks)],
            }
            : this with
            {
                IsOpen = false,
                ResolvedAt = at,
                Stretches = [.. Ended(at)],
            };
    }

    // What another system says of the instants holds; the stretches between them are as they were recorded.
    private TicketFigures Corrected(DatesCorrected corrected)
    {
        var stretches = Stretches.ToList();
        if (stretches is [var first, ..])
        {
            var from = first.To is { } end ? Instant.Min(corrected.CreatedAt, end) : corrected.CreatedAt;
            stretches[0] = first with { From = from };
        }

        if (!IsOpen && corrected.ResolvedAt is { } resolved && stretches is [.., var last])
        {
            stretches[^1] = last with { To = Instant.Max(resolved, last.From) };
        }

        return this with
        {
            OpenedAt = corrected.CreatedAt,
            ResolvedAt = IsOpen ? null : corrected.ResolvedAt ?? ResolvedAt,
            Stretches = [.. stretches.Where(one => one.To != one.From)],
        };
    }

    // A stretch that ends in the instant in which it began was never there.
    private IEnumerable<Stretch> Ended(Instant at) =>
        Stretches
            .Select(one => one.To is null ? one with { To = Instant.Max(at, one.From) } : one)
            .Where(one => one.To != one.From);

    private static string Word(Priority priority) => priority.ToString().ToLowerInvariant();
}
