using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Core.Automation;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Reactions.Pump;
using ServiceDesk.Host.Reactions.Rules;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Automation;
using ServiceDesk.Storage.Reactions;

namespace ServiceDesk.Host.Tests.Rules;

/// <summary>A host whose rules are read by hand.</summary>
internal static class RuleBench
{
    public static RuleDocument Rule(string id, string on, params ReadOnlySpan<RuleAction> then) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            When = [new RuleTrigger { On = on }],
            Then = ValueList.Create(then),
        };

    public static RuleAction Prioritize(Priority priority) => new() { Do = "priority", Priority = priority };

    public static RuleAction Label(string label) => new() { Do = "edit", AddLabels = [label] };

    public static RuleAction Note(string text) => new() { Do = "comment", Text = LocalizedText.Of(text) };

    public static async Task<HostUnderTest> HostAsync(
        DatabaseProvider provider,
        Action<IServiceCollection>? configure = null,
        params RuleDocument[] rules
    )
    {
        var host = await HostUnderTest.CreateAsync(provider, configure);
        Write(host, rules);
        return host;
    }

    /// <summary>Writes rules, as the next revisions.</summary>
    public static void Write(HostUnderTest host, params RuleDocument[] rules)
    {
        var configuration = (TestConfiguration)host.Get<ICurrentConfiguration>();
        configuration.Snapshot = rules.Aggregate(
            (ConfigurationSnapshot)configuration.Snapshot,
            (snapshot, rule) => snapshot.With(rule)
        );
    }

    /// <summary>Reads the log for rules until nothing more comes, with what their acts set off.</summary>
    public static async Task ReactAsync(HostUnderTest host)
    {
        var reader = host.Get<ReactionReaderFactory>()
            .Create(new PumpedReaction(RuleReaction.Name, typeof(RuleReaction)));
        var head = -1L;
        var log = host.Get<Storage.Log.IEventLog>();
        while (head != (head = await log.HeadAsync(CancellationToken.None)) || head == -1)
        {
            await reader.WorkAsync(CancellationToken.None);
            await reader.QuietAsync();
        }

        await reader.WorkAsync(CancellationToken.None);
        await reader.QuietAsync();
    }

    public static async Task<TicketState> NowAsync(HostUnderTest host, TicketId ticket) =>
        (await host.Grains.GetAsync(ticket))!.State;

    public static Task<IReadOnlyList<RuleRun>> RunsAsync(HostUnderTest host, string rule) =>
        host.Get<IRuleRuns>().FindAsync(new RuleRunQuestion { Rule = rule }, 100, CancellationToken.None);

    public static Task<GrainAnswer> SendAsync(HostUnderTest host, TicketId ticket, TicketCommand command) =>
        host.Grains.SendAsync(ticket, new CommandEnvelope(command, Actor.System));

    public static async Task<RecordedEvent> LastAsync(HostUnderTest host, TicketId ticket) =>
        (await host.EventsAsync(ticket))[^1];

    /// <summary>Gives back the reading of the log, as a node does when it stops.</summary>
    public static async Task ReleaseAsync(HostUnderTest host)
    {
        var cursors = host.Get<ICursorStore>();
        var lease = Duration.FromSeconds(30);
        var held = await cursors.AcquireAsync(RuleReaction.Name, host.Options.Node, lease, 0, CancellationToken.None);
        await cursors.ReleaseAsync(held!, CancellationToken.None);
    }

    public static void Pass(HostUnderTest host, Duration time) => host.Time.Advance(time);
}
