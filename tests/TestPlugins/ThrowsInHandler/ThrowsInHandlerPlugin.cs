using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NodaTime;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace TestPlugins.ThrowsInHandler;

public sealed class ThrowsInHandlerPlugin : IServiceDeskPlugin
{
    public void Configure(IPluginBuilder builder)
    {
        builder
            .AddTicketPolicy(new ThrowingPolicy())
            .AddFacet(new ThrowingFacet())
            .AddEvent<Thrown>()
            .AddCommand(new ThrowingDecider())
            .AddFacts<Unknown, ThrowingFacts>()
            .AddReaction<ThrowingReaction>("throwing")
            .AddJob<ThrowingJob>("throwing", Duration.FromMinutes(1))
            .AddQueryField(
                new QueryFieldDefinition("throwing", QueryFieldKind.Flag, _ => throw new Planned("query field"))
            )
            .AddRuleTrigger(
                new RuleTriggerDefinition(
                    "throws-in-handler.trigger",
                    "x",
                    [new RuleParameter("a", "x") { Choices = _ => throw new Planned("choices") }],
                    (recorded, _) =>
                        recorded.Event is TicketOpened { Summary: "rules" } ? throw new Planned("trigger") : false
                )
            )
            .AddRuleAction(
                new RuleActionDefinition("throws-in-handler.action", "x", [], (_, _) => throw new Planned("action"))
            )
            .AddRelation(
                new RelationDefinition("throws-in-handler.relation", "x", (_, _) => throw new Planned("relation"))
            )
            .AddSearchSource<ThrowingSource>(
                new SearchSourceDefinition("throws-in-handler.things", "x", "box") { InPortal = true }
            )
            .AddSlotView(Slots.TicketBanner, "/plugins/throws-in-handler/_Throwing.cshtml")
            .AddApi(routes =>
                routes
                    .MapGet("/throw", IResult () => throw new Planned("route"))
                    .RequirePermission(Permissions.WorkTickets)
            );
        builder.Services.AddHostedService<ThrowingService>();
    }
}

public sealed class ThrowingSource : ISearchSource
{
    public ValueTask<IReadOnlyList<SearchHit>> FindAsync(SearchQuestion question, CancellationToken cancellation) =>
        throw new Planned("search");
}

public sealed class Planned(string where) : Exception($"Planned failure in the {where}.");

/// <summary>Throws on tickets whose summary begins with the name of a handler, so that a test can choose.</summary>
public sealed class ThrowingPolicy : ITicketPolicy
{
    public IEnumerable<Refusal> Check(
        TicketState? before,
        TicketState after,
        ValueList<TicketEvent> events,
        DecisionContext context
    ) => after.Summary.StartsWith("check", StringComparison.Ordinal) ? throw new Planned("check") : [];

    public IEnumerable<TicketEvent> Follow(
        TicketState? before,
        TicketState after,
        ValueList<TicketEvent> events,
        DecisionContext context
    ) => after.Summary.StartsWith("follow", StringComparison.Ordinal) ? throw new Planned("follow") : [];
}

public sealed record Fragile(int Events);

[StoredName("throws-in-handler.thrown", 1)]
public sealed record Thrown : TicketEvent;

public sealed record Throw : TicketCommand;

public sealed class ThrowingFacet : Facet<Fragile>
{
    public override string Id => "throws-in-handler";

    public override Fragile? Evolve(Fragile? current, RecordedEvent @event, TicketState? ticket) =>
        @event.Event is TextEdited { Summary: "facet" }
            ? throw new Planned("facet")
            : new Fragile((current?.Events ?? 0) + 1);

    public override IEnumerable<DerivedTimer> Timers(TicketState ticket, Fragile facet) =>
        ticket.Summary.StartsWith("timer", StringComparison.Ordinal)
            ? [new DerivedTimer("throws-in-handler:timer", ticket.CreatedAt + Duration.FromHours(1))]
            : [];

    public override IEnumerable<TicketEvent> OnTimer(TicketState ticket, Fragile facet, DerivedTimer timer) =>
        throw new Planned("timer");
}

public sealed class ThrowingDecider : ICommandDecider<Throw>
{
    public Decision Decide(TicketState ticket, Throw command, DecisionContext context) => throw new Planned("command");
}

public sealed record Unknown;

public sealed class ThrowingFacts : IFactSource<Unknown>
{
    public ValueTask<Unknown?> FindAsync(
        TicketState? before,
        CommandEnvelope envelope,
        CancellationToken cancellation
    ) => envelope.Command is OpenTicket { Summary: "facts" } ? throw new Planned("facts") : default;
}

public sealed class ThrowingJob : IJob
{
    public Task RunAsync(CancellationToken cancellation) => throw new Planned("job");
}

public sealed class ThrowingReaction : IReaction
{
    public Task ReactAsync(RecordedEvent @event, CancellationToken cancellation) => throw new Planned("reaction");
}

/// <summary>Ends its loop with an exception, which in an unguarded host would end the server.</summary>
public sealed class ThrowingService : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        throw new Planned("background service");
    }
}
