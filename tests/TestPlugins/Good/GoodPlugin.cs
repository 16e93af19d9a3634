using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;

namespace TestPlugins.Good;

public sealed class GoodPlugin : IServiceDeskPlugin
{
    public const string Id = "good";

    public void Configure(IPluginBuilder builder)
    {
        builder
            .AddTexts<GoodTexts>()
            .AddSettings<GoodSettings>()
            .AddPermission(new PermissionDefinition("good.praise", "good.permission.praise", ["agent"]))
            .AddFacet(new PraiseFacet())
            .AddEvent<Praised>()
            .AddCommand(new PraiseDecider())
            .AddReaction<CountingReaction>("counting")
            .AddQueryField(
                new QueryFieldDefinition(
                    "praises",
                    QueryFieldKind.Number,
                    ticket => ticket.Facet<Praise>(Id) is { } praise ? new NumberValue(praise.Times) : null
                )
            )
            .AddSlotView(Slots.TicketPanel, "/plugins/good/_Praise.cshtml")
            .AddApi(routes =>
                routes
                    .MapGet("/count", (Counter counter) => Results.Ok(new { counter.Events }))
                    .RequirePermission("good.praise")
            );
        builder.Services.AddSingleton<Counter>();
    }
}

public sealed class GoodTexts;

public sealed class GoodSettings
{
    [Display(Name = "good.settings.word")]
    [Required, StringLength(20)]
    public string Word { get; set; } = "thanks";

    [Display(Name = "good.settings.most")]
    [Range(1, 100)]
    public int Most { get; set; } = 3;
}

public sealed record Praise(int Times);

[StoredName("good.praised", 1)]
public sealed record Praised(string Word) : TicketEvent;

public sealed record PraiseTicket(string Word) : TicketCommand;

public sealed class PraiseFacet : Facet<Praise>
{
    public override string Id => GoodPlugin.Id;

    public override Praise? Evolve(Praise? current, RecordedEvent @event, TicketState? ticket) =>
        @event.Event is Praised ? new Praise((current?.Times ?? 0) + 1) : current;
}

public sealed class PraiseDecider : ICommandDecider<PraiseTicket>
{
    public Decision Decide(TicketState ticket, PraiseTicket command, DecisionContext context) =>
        string.IsNullOrWhiteSpace(command.Word)
            ? Decision.Refuse(Refusal.Invalid("good.refusal.no-word", "word"))
            : Decision.Accept(new Praised(command.Word.Trim()));
}

/// <summary>What the reaction counted.</summary>
public sealed class Counter
{
    private int events;

    public int Events => events;

    public void Add() => Interlocked.Increment(ref events);
}

public sealed class CountingReaction(Counter counter) : IReaction
{
    public Task ReactAsync(RecordedEvent @event, CancellationToken cancellation)
    {
        counter.Add();
        return Task.CompletedTask;
    }
}
