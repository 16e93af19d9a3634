using ServiceDesk.Host.Grains;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Log;

namespace ServiceDesk.Host.Scripting.Api;

/// <summary>Where the commands of a run go.</summary>
public interface ICommandDoor
{
    /// <summary>The ticket as this run left it; null when it did not touch it.</summary>
    TicketSnapshot? Left(TicketId ticket);

    /// <summary>The ticket with a key that this run opened and that nobody else can find; null when there is none.</summary>
    TicketSnapshot? Opened(TicketKey key);

    /// <summary>Opens a ticket.</summary>
    Task<GrainAnswer> OpenAsync(CommandEnvelope envelope, CancellationToken cancellation);

    /// <summary>Sends a command to a ticket.</summary>
    Task<GrainAnswer> SendAsync(TicketId ticket, CommandEnvelope envelope, CancellationToken cancellation);
}

/// <summary>To the tickets themselves.</summary>
public sealed class CommittingDoor(ITicketGrains grains) : ICommandDoor
{
    public TicketSnapshot? Left(TicketId ticket) => null;

    public TicketSnapshot? Opened(TicketKey key) => null;

    public Task<GrainAnswer> OpenAsync(CommandEnvelope envelope, CancellationToken cancellation) =>
        grains.OpenAsync(envelope, cancellation);

    public Task<GrainAnswer> SendAsync(TicketId ticket, CommandEnvelope envelope, CancellationToken cancellation) =>
        grains.SendAsync(ticket, envelope, cancellation);
}

/// <summary>To nowhere: a script that is asked for something only reads.</summary>
public sealed class ClosedDoor : ICommandDoor
{
    private ClosedDoor() { }

    /// <summary>The one.</summary>
    public static ClosedDoor Instance { get; } = new();

    public TicketSnapshot? Left(TicketId ticket) => null;

    public TicketSnapshot? Opened(TicketKey key) => null;

    public Task<GrainAnswer> OpenAsync(CommandEnvelope envelope, CancellationToken cancellation) => No();

    public Task<GrainAnswer> SendAsync(TicketId ticket, CommandEnvelope envelope, CancellationToken cancellation) =>
        No();

    private static Task<GrainAnswer> No() =>
        Task.FromResult(GrainAnswer.Refused([Refusal.Forbidden("scripts.call.read-only")]));
}

/// <summary>
/// To the pure decision and no further: what a run would do is decided on what it did before, by the same rules, facts and
/// rights, and nothing is committed.
/// </summary>
public sealed class TrialDoor(TicketDecisions decisions, ITicketGrains grains, ITicketStore store)
    : ICommandDoor,
        IDisposable
{
    private readonly Dictionary<TicketId, TicketSnapshot> left = [];
    private readonly List<RecordedEvent> events = [];

    // Given back at the end only, so that two tickets of a trial are two.
    private readonly List<Reserved> reservations = [];

    /// <summary>The events that would have been recorded, in order.</summary>
    public IReadOnlyList<RecordedEvent> Events => events;

    public TicketSnapshot? Left(TicketId ticket) => left.GetValueOrDefault(ticket);

    public TicketSnapshot? Opened(TicketKey key) => left.Values.FirstOrDefault(ticket => ticket.State.Key == key);

    public void Dispose() => reservations.ForEach(reserved => reserved.Dispose());

    public Task<GrainAnswer> OpenAsync(CommandEnvelope envelope, CancellationToken cancellation) =>
        DecideAsync(null, envelope, cancellation);

    public async Task<GrainAnswer> SendAsync(
        TicketId ticket,
        CommandEnvelope envelope,
        CancellationToken cancellation
    ) => await DecideAsync(Left(ticket) ?? await grains.GetAsync(ticket, cancellation), envelope, cancellation);

    private async Task<GrainAnswer> DecideAsync(
        TicketSnapshot? before,
        CommandEnvelope envelope,
        CancellationToken cancellation
    )
    {
        var reserved = new Reserved(store);
        reservations.Add(reserved);
        var step = await decisions.StepAsync(before, envelope, reserved, cancellation);
        if (step.Refusals.Count > 0)
        {
            return GrainAnswer.Refused(step.Refusals);
        }

        var after = step.After ?? before!;
        left[after.State.Id] = after;
        events.AddRange(step.Events);
        return GrainAnswer.Accepted(after, step.Events);
    }
}
