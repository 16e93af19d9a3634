using ServiceDesk.Host.Grains;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Reactions.Pump;

/// <summary>One call of a reaction, apart from everything else: what it throws, and that it takes too long, is an answer here.</summary>
public sealed class ReactionCall(IServiceScopeFactory scopes, TimeProvider time)
{
    /// <summary>How long a reaction may take for one event.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private const int LongestError = 2000;

    /// <summary>Calls the reaction.</summary>
    /// <returns>How it ended.</returns>
    /// <exception cref="OperationCanceledException">The process stops.</exception>
    public async Task<ReactionOutcome> RunAsync(
        PumpedReaction reaction,
        RecordedEvent @event,
        CancellationToken stopping
    )
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            // On a thread of its own from the first statement, so that one that blocks holds up nobody else; and not
            // awaited beyond the limit, since it may never look at its token.
            return await Task.Run(() => ReactAsync(reaction, @event, both.Token), both.Token).WaitAsync(both.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return ReactionOutcome.Failed($"It took longer than {Limit.TotalSeconds:0} seconds.");
        }
        catch (Exception problem)
        {
            return ReactionOutcome.Failed(Describe(problem));
        }
    }

    private async Task<ReactionOutcome> ReactAsync(
        PumpedReaction reaction,
        RecordedEvent @event,
        CancellationToken cancellation
    )
    {
        var context = ReactionContext.Enter(@event);
        await using var scope = scopes.CreateAsyncScope();
        var instance = (IReaction)ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, reaction.Type);
        await instance.ReactAsync(@event, cancellation);
        return context.RanInCircle ? ReactionOutcome.Circle(@event) : ReactionOutcome.Done;
    }

    private static string Describe(Exception problem)
    {
        var text = problem.ToString();
        return text.Length <= LongestError ? text : text[..LongestError];
    }
}

/// <summary>How a call of a reaction ended.</summary>
/// <param name="Error">What went wrong; null when nothing did.</param>
/// <param name="IsHopeless">Whether trying again cannot help.</param>
public sealed record ReactionOutcome(string? Error, bool IsHopeless)
{
    /// <summary>Well.</summary>
    public static ReactionOutcome Done { get; } = new(null, IsHopeless: false);

    /// <summary>It threw or took too long.</summary>
    public static ReactionOutcome Failed(string error) => new(error, IsHopeless: false);

    /// <summary>Reactions answered each other until the limit.</summary>
    public static ReactionOutcome Circle(RecordedEvent @event) =>
        new(
            $"Reactions run in a circle: {@event.Depth} of them lie between this event (position {@event.Position}, "
                + $"caused by the event at position {@event.Cause}) and a person's act. The command of this one was refused.",
            IsHopeless: true
        );
}
