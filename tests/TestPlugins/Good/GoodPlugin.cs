using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Api;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

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
            .AddCommand(new LikeDecider())
            .AddFacts<OtherTicket, OtherTickets>()
            .AddReaction<CountingReaction>("counting")
            .AddJob<CountingJob>("count-runs", Duration.FromHours(1))
            .AddNavigation(
                new NavigationItem(
                    NavigationArea.Workspace,
                    "good.panel",
                    "confetti",
                    "/plugins/good/hello",
                    "good.praise"
                )
            )
            .AddQueryField(
                new QueryFieldDefinition(
                    "praises",
                    QueryFieldKind.Number,
                    ticket => ticket.Facet<Praise>(Id) is { } praise ? new NumberValue(praise.Times) : null
                )
            )
            .AddRuleTrigger(GoodRules.Praised)
            .AddRuleAction(GoodRules.Praise)
            .AddRelation(GoodRules.Oldest)
            .AddSearchSource<Advice>(
                new SearchSourceDefinition("good.advice", "good.panel", "confetti") { InPortal = true }
            )
            .AddSlotView(Slots.TicketPanel, "/plugins/good/_Praise.cshtml")
            .AddApi(GoodRoutes.Map);
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

/// <summary>Praises a ticket with the words of another one, which only somebody may do who sees it.</summary>
public sealed record PraiseLike(TicketKey Other) : TicketCommand;

/// <summary>The other ticket, as the sender may see it.</summary>
public sealed record OtherTicket(string Summary);

public sealed class OtherTickets(ITicketQueries queries) : IFactSource<OtherTicket>
{
    public async ValueTask<OtherTicket?> FindAsync(
        TicketState? before,
        CommandEnvelope envelope,
        CancellationToken cancellation
    ) =>
        envelope is { Command: PraiseLike like, Viewer: { } viewer }
        && await queries.FindByKeyAsync(viewer, like.Other, cancellation) is { } found
            ? new OtherTicket(found.State.Summary)
            : null;
}

public sealed class LikeDecider : ICommandDecider<PraiseLike>
{
    public Decision Decide(TicketState ticket, PraiseLike command, DecisionContext context) =>
        context.Fact<OtherTicket>() is { } other
            ? Decision.Accept(new Praised(other.Summary))
            : Decision.Refuse(Refusal.NotFound("good.refusal.no-word"));
}

public static class GoodRules
{
    private static readonly RuleParameter Word = new("word", "good.settings.word")
    {
        Choices = _ =>
            [new RuleChoice("thanks", NameKey: "good.praise"), new RuleChoice("bravo", LocalizedText.Of("Bravo"))],
    };

    public static RuleTriggerDefinition Praised { get; } =
        new(
            "good.praised",
            "good.praise",
            [Word],
            (recorded, with) =>
                recorded.Event is Praised praised && (with.Find("word") is not { } word || praised.Word == word)
        );

    public static RuleActionDefinition Praise { get; } =
        new(
            "good.praise",
            "good.praise",
            [Word with { IsRequired = true }],
            (_, with) => [new PraiseTicket(with["word"])]
        );

    public static RelationDefinition Oldest { get; } =
        new("good.oldest", "good.praise", (ticket, _) => ticket.Id.Value == 1 ? [] : [new TicketId(1)]);
}

public static class GoodRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/count", (Counter counter) => Results.Ok(new { counter.Events, counter.Runs }))
            .RequirePermission("good.praise");
        routes.MapPost("/tickets/{key}/like/{other}", LikeAsync).RequirePermission("good.praise");
        routes.MapPost("/words", (WordsBody body) => Results.Ok(body.Words.Count)).RequirePermission("good.praise");
    }

    private static async Task<IResult> LikeAsync(
        string key,
        string other,
        ITicketQueries queries,
        ITicketGrains grains,
        HttpContext context
    )
    {
        var viewer = context.CurrentViewer()!;
        if (
            !TicketKey.TryParse(key, out var first)
            || !TicketKey.TryParse(other, out var second)
            || await queries.FindByKeyAsync(viewer, first) is not { } found
        )
        {
            return Results.NotFound();
        }

        var answer = await grains.SendAsync(
            found.State.Id,
            new CommandEnvelope(new PraiseLike(second), Actor.Of(viewer.Person.Id)) { Viewer = viewer }
        );
        return answer.IsAccepted
            ? Results.Ok(answer.Events.Select(e => e.Event).OfType<Praised>().Select(praised => praised.Word))
            : new RefusedResult(answer.Refusals);
    }
}

/// <summary>A body with a list.</summary>
public sealed record WordsBody(ValueList<WordBody> Words);

/// <summary>An item of a body.</summary>
public sealed record WordBody(string Word, int Times);

/// <summary>What the reaction and the job counted.</summary>
public sealed class Counter
{
    private int events;
    private int runs;

    public int Events => events;

    public int Runs => runs;

    public void Add() => Interlocked.Increment(ref events);

    public void AddRun() => Interlocked.Increment(ref runs);
}

public sealed class CountingJob(Counter counter) : IJob
{
    public Task RunAsync(CancellationToken cancellation)
    {
        counter.AddRun();
        return Task.CompletedTask;
    }
}

public sealed class CountingReaction(Counter counter) : IReaction
{
    public Task ReactAsync(RecordedEvent @event, CancellationToken cancellation)
    {
        counter.Add();
        return Task.CompletedTask;
    }
}
