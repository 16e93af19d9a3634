using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Links.Api;
using ServiceDesk.Links.Linking;
using ServiceDesk.Links.Reading;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Links.Scripting;

/// <summary>Links for scripts: <c>links.link("ITSD-1", "blocks", "ITSD-2")</c>.</summary>
public static class LinkScripts
{
    private static readonly ScriptParameter Key = new("key", ScriptType.TextUpTo(40));
    private static readonly ScriptParameter Type = new("type", ScriptType.TextUpTo(60));
    private static readonly ScriptParameter Other = new("other", ScriptType.TextUpTo(40));
    private static readonly ScriptParameter Url = new("url", ScriptType.TextUpTo(2000));

    private static readonly ScriptParameter Direction = new(
        "direction",
        ScriptType.OneOf("outward", "inward", "both"),
        IsOptional: true
    );

    private static readonly ScriptType Link = ScriptType.ObjectOf(
        new("type", ScriptType.Text),
        new("direction", ScriptType.Text),
        new("words", ScriptType.Text),
        new("key", ScriptType.Text),
        new("summary", ScriptType.Text),
        new("status", ScriptType.Text),
        new("category", ScriptType.Text)
    );

    private static readonly ScriptType Links = ScriptType.ObjectOf(
        new("parent", Link.OrNull()),
        new("children", ScriptType.ListOf(Link)),
        new("childrenDone", ScriptType.Number),
        new("links", ScriptType.ListOf(Link)),
        new("pages", ScriptType.ListOf(ScriptType.ObjectOf(new("url", ScriptType.Text), new("title", ScriptType.Text))))
    );

    /// <summary>The module.</summary>
    public static ScriptModule Module { get; } =
        new(
            LinksPlugin.Id,
            [
                Function(
                    "types",
                    [],
                    ScriptType.ListOf(ScriptType.Any),
                    Permissions.WorkTickets,
                    (call, _) => Types(call)
                ),
                Function("of", [Key], Links, Permissions.WorkTickets, OfAsync),
                Changing("link", [Key, Type, Other, Direction], call => Named(call)),
                Changing("unlink", [Key, Type, Other, Direction], Unlink),
                Changing(
                    "linkPage",
                    [Key, Url, new("title", ScriptType.TextUpTo(200), IsOptional: true)],
                    call => new LinkPage(call.Text(1), call.Text(2))
                ),
                Changing("unlinkPage", [Key, Url], call => new UnlinkPage(call.Text(1))),
            ]
        );

    private static ScriptFunction Changing(
        string name,
        ValueList<ScriptParameter> parameters,
        Func<IScriptCall, TicketCommand> command
    ) =>
        Function(
            name,
            parameters,
            Links,
            LinksPlugin.EditPermission,
            async (call, cancellation) =>
            {
                var ticket = await call.TicketAsync(call.Text(0), cancellation);
                return await ShownAsync(call, await call.SendAsync(ticket, command(call), cancellation), cancellation);
            }
        );

    private static ScriptFunction Function(
        string name,
        ValueList<ScriptParameter> parameters,
        ScriptType returns,
        string permission,
        Func<IScriptCall, CancellationToken, Task<JsonNode?>> run
    ) => new(name, $"links.script.{name}", parameters, returns, run) { Permission = permission };

    private static Task<JsonNode?> Types(IScriptCall call) =>
        Task.FromResult(
            ScriptValue.Of(LinkTypesAnswer.Of(call.Services.GetRequiredService<LinkBoard>().Choices()).Items)
        );

    private static async Task<JsonNode?> OfAsync(IScriptCall call, CancellationToken cancellation) =>
        await ShownAsync(call, await call.TicketAsync(call.Text(0), cancellation), cancellation);

    private static async Task<JsonNode?> ShownAsync(
        IScriptCall call,
        TicketSnapshot ticket,
        CancellationToken cancellation
    )
    {
        var board = call.Services.GetRequiredService<LinkBoard>();
        return ScriptValue.Of(LinksAnswer.Of(await board.ForAsync(call.Viewer, ticket.State, cancellation)));
    }

    private static UnlinkTickets Unlink(IScriptCall call)
    {
        var named = Named(call);
        return new UnlinkTickets(named.Type, named.Direction, named.Other);
    }

    private static LinkTickets Named(IScriptCall call) =>
        new LinkBody(call.Text(1), call.Text(3), call.Text(2)).Command()
        ?? throw new ScriptRefusedException(Refusal.Invalid("links.refusal.bad-link", "other"));
}
