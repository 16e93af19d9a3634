using NodaTime;
using ServiceDesk.Core.Sla.Backtests;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Storage.Sla;

/// <summary>Trials of SLA drafts on past tickets: one at a time, kept with their figures until they are forgotten.</summary>
public interface IBacktestStore
{
    /// <summary>Begins one; null while another one runs. One that has not been heard of since an instant has ended.</summary>
    Task<long?> BeginAsync(
        BacktestRequest request,
        PersonId by,
        Instant now,
        Instant unheardSince,
        CancellationToken cancellation
    );

    /// <summary>Tells how far it is.</summary>
    /// <returns>Whether it shall go on.</returns>
    Task<bool> ProgressAsync(long id, int done, int total, Instant now, CancellationToken cancellation);

    /// <summary>Keeps clocks that somebody may want to see.</summary>
    Task KeepAsync(long id, IReadOnlyCollection<KeptClock> clocks, CancellationToken cancellation);

    /// <summary>Ends it.</summary>
    Task EndAsync(long id, BacktestEnd end, Instant now, CancellationToken cancellation);

    /// <summary>Wants a running one to end.</summary>
    /// <returns>Whether it ran.</returns>
    Task<bool> CancelAsync(long id, CancellationToken cancellation);

    /// <summary>One with its figures; null when there is none.</summary>
    Task<Backtest?> FindAsync(long id, CancellationToken cancellation);

    /// <summary>The newest ones without figures, newest first.</summary>
    Task<IReadOnlyList<Backtest>> ListAsync(int limit, CancellationToken cancellation);

    /// <summary>Kept clocks, those first that would be latest.</summary>
    Task<IReadOnlyList<KeptClock>> ClocksAsync(
        long id,
        KeptClockQuestion question,
        int skip,
        int limit,
        CancellationToken cancellation
    );

    /// <summary>Forgets those that began before an instant, and all but the newest.</summary>
    /// <returns>How many.</returns>
    Task<int> ForgetAsync(Instant before, int keep, CancellationToken cancellation);
}

/// <summary>What is tried.</summary>
/// <param name="Drafts">The documents as they are stored.</param>
/// <param name="From">Tickets opened from here on.</param>
/// <param name="To">The instant at which clocks are read.</param>
/// <param name="Zone">The zone of hours and days.</param>
/// <param name="Desks">Keys of the desks whose tickets count.</param>
/// <param name="ConfigurationRevision">The configuration that the drafts were put into.</param>
public sealed record BacktestRequest(
    ValueList<BacktestDraft> Drafts,
    Instant From,
    Instant To,
    string Zone,
    ValueList<string> Desks,
    long ConfigurationRevision
);

/// <summary>A draft that is tried.</summary>
/// <param name="Kind">The kind of document.</param>
/// <param name="Id">Its id.</param>
/// <param name="Json">The document as it is stored.</param>
public sealed record BacktestDraft(string Kind, string Id, string Json);

/// <summary>How far a trial is.</summary>
public enum BacktestState
{
    /// <summary>It runs.</summary>
    Running = 1,

    /// <summary>Its figures are there.</summary>
    Done = 2,

    /// <summary>Somebody ended it.</summary>
    Cancelled = 3,

    /// <summary>It could not go on, or its server went away.</summary>
    Failed = 4,
}

/// <summary>How a trial ended.</summary>
/// <param name="State">Done, cancelled or failed.</param>
/// <param name="Figures">The figures of promises to customers when it is done.</param>
/// <param name="TeamFigures">The figures of promises between teams when it is done.</param>
/// <param name="IsCut">Whether more clocks were touched than are kept.</param>
public sealed record BacktestEnd(
    BacktestState State,
    BacktestFigures? Figures = null,
    BacktestFigures? TeamFigures = null,
    bool IsCut = false
);

/// <summary>A trial.</summary>
public sealed record Backtest
{
    public required long Id { get; init; }
    public required BacktestState State { get; init; }
    public required BacktestRequest Request { get; init; }
    public required PersonId By { get; init; }
    public required Instant StartedAt { get; init; }

    /// <summary>When it last told how far it is.</summary>
    public required Instant SeenAt { get; init; }
    public required Instant? FinishedAt { get; init; }
    public required int Done { get; init; }
    public required int Total { get; init; }

    /// <summary>Whether more clocks were touched than are kept; the figures count all of them.</summary>
    public required bool IsCut { get; init; }

    /// <summary>Of promises to customers; null before the end, and in lists. Of a trial from before they were told apart: of all promises together.</summary>
    public required BacktestFigures? Figures { get; init; }

    /// <summary>Of promises between teams; null before the end, in lists, and of a trial from before they were told apart.</summary>
    public required BacktestFigures? TeamFigures { get; init; }

    /// <summary>Whether it counted promises to customers and between teams together: it is from before they were told apart.</summary>
    public bool IsTogether => Figures is not null && TeamFigures is null;

    /// <summary>The figures of an agreement; null when there are none.</summary>
    public BacktestFigures? FiguresOf(AgreementType agreement) =>
        agreement == AgreementType.Ola ? TeamFigures : Figures;
}

/// <summary>A clock that was or would be breached, or whose verdict changes.</summary>
public sealed record KeptClock(
    TicketId Ticket,
    string Metric,
    int Cycle,
    ClockVerdict? Official,
    ClockVerdict? Draft,
    OrganizationId? Organization,
    Priority Priority,
    TeamId? Team,
    int Hour,
    Duration OfficialOver,
    Duration DraftOver,
    AgreementType? OfficialAgreement,
    AgreementType? DraftAgreement
)
{
    /// <summary>What of it is a promise of an agreement. Which agreement a clock of a trial from before was is not known: it is of any.</summary>
    public KeptClock Under(AgreementType agreement) =>
        this with
        {
            Official = OfficialAgreement is null || OfficialAgreement == agreement ? Official : null,
            Draft = DraftAgreement is null || DraftAgreement == agreement ? Draft : null,
        };
}

/// <summary>Which kept clocks; null takes any.</summary>
public sealed record KeptClockQuestion
{
    /// <summary>Promised to customers, or between teams. What a side of another agreement came to is as if it were not there.</summary>
    public AgreementType? Agreement { get; init; }

    /// <summary>What it came to.</summary>
    public KeptVerdict? Official { get; init; }

    /// <summary>What it would come to.</summary>
    public KeptVerdict? Draft { get; init; }

    /// <summary>The metric's id.</summary>
    public string? Metric { get; init; }

    /// <summary>The customer; 0 for none.</summary>
    public long? Organization { get; init; }

    /// <summary>The priority.</summary>
    public Priority? Priority { get; init; }

    /// <summary>The team; 0 for none.</summary>
    public long? Team { get; init; }

    /// <summary>The hour of the week.</summary>
    public int? Hour { get; init; }

    /// <summary>What they have in common.</summary>
    public KeptClockFate? Fate { get; init; }
}

/// <summary>A verdict, or that there is no clock.</summary>
public enum KeptVerdict
{
    /// <summary>No such clock.</summary>
    None = 0,

    /// <summary>Not decided.</summary>
    Open = ClockVerdict.Open,

    /// <summary>Kept.</summary>
    Met = ClockVerdict.Met,

    /// <summary>Broken.</summary>
    Breached = ClockVerdict.Breached,

    /// <summary>Ended without a verdict.</summary>
    Cancelled = ClockVerdict.Cancelled,
}

/// <summary>What became and would become of a clock.</summary>
public enum KeptClockFate
{
    /// <summary>Would be breached and was not.</summary>
    Worse = 1,

    /// <summary>Was breached and would not be.</summary>
    Better = 2,

    /// <summary>Was breached.</summary>
    Official = 3,

    /// <summary>Would be breached.</summary>
    Draft = 4,
}
