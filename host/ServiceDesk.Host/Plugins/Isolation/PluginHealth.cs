using System.Collections.Concurrent;
using NodaTime;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Host.Plugins.Isolation;

/// <summary>What the handlers of a plugin did wrong since start. Safe for use by many threads.</summary>
public sealed class PluginHealth(string id, string name)
{
    /// <summary>After this many failures in a row a reaction or timer of a plugin rests until somebody resumes it.</summary>
    public const int PausesAfter = 5;

    private readonly ConcurrentDictionary<string, HandlerHealth> handlers = new(StringComparer.Ordinal);
    private volatile bool isSwitchedOff;

    /// <summary>The plugin's id.</summary>
    public string Id { get; } = id;

    /// <summary>The plugin's display name.</summary>
    public string Name { get; } = name;

    /// <summary>Whether an administrator switched it off since start: its handlers are passed over until the restart unloads it.</summary>
    public bool IsSwitchedOff
    {
        get => isSwitchedOff;
        set => isSwitchedOff = value;
    }

    /// <summary>Failures of all handlers.</summary>
    public long Failures => handlers.Values.Sum(handler => handler.Failures);

    /// <summary>The handlers that failed at least once.</summary>
    public IReadOnlyList<HandlerHealth> Handlers =>
        [.. handlers.Values.OrderBy(handler => handler.Handler, StringComparer.Ordinal)];

    /// <summary>The product's clock; null while plugins load, before there is one.</summary>
    public IClock? Clock { get; set; }

    /// <summary>Tells of each failure, once, so that the host can log it.</summary>
    public event Action<PluginHealth, string, Exception>? Failed;

    /// <summary>Whether the handler rests.</summary>
    public bool IsPaused(string handler) => handlers.TryGetValue(handler, out var health) && health.IsPaused;

    /// <summary>Ends the row of failures of a handler.</summary>
    public void Succeeded(string handler)
    {
        if (handlers.TryGetValue(handler, out var health))
        {
            health.Succeeded();
        }
    }

    /// <summary>Counts a failure. That the database cannot be reached is told of like others and brings no handler closer to its rest: an outage would end all plugins.</summary>
    public void Count(string handler, Exception exception)
    {
        handlers.GetOrAdd(handler, static key => new HandlerHealth(key)).Count(exception, Clock?.GetCurrentInstant());
        Failed?.Invoke(this, handler, exception);
    }

    /// <summary>Lets a resting handler work again.</summary>
    public void Resume(string handler) => Succeeded(handler);
}

/// <summary>The failures of one handler, such as <c>reaction notify</c>.</summary>
public sealed class HandlerHealth(string handler)
{
    private readonly Lock gate = new();

    /// <summary>What it is, in words that are the same in every language: kind and name.</summary>
    public string Handler { get; } = handler;

    /// <summary>How often it failed since start.</summary>
    public long Failures { get; private set; }

    /// <summary>How often since it last succeeded, outages of the database aside.</summary>
    public int InARow { get; private set; }

    /// <summary>Type and message of the last failure.</summary>
    public string? LastError { get; private set; }

    /// <summary>When it last failed; null when the handler knows no clock.</summary>
    public Instant? LastAt { get; private set; }

    /// <summary>Whether it failed too often in a row.</summary>
    public bool IsPaused => InARow >= PluginHealth.PausesAfter;

    internal void Count(Exception exception, Instant? at)
    {
        lock (gate)
        {
            Failures++;
            InARow += exception is StorageUnavailableException ? 0 : 1;
            LastError = $"{exception.GetType().Name}: {exception.Message}";
            LastAt = at ?? LastAt;
        }
    }

    internal void Succeeded()
    {
        lock (gate)
        {
            InARow = 0;
        }
    }
}
