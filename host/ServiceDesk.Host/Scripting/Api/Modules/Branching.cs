using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Intake.Branching;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Scripting.Api.Modules;

/// <summary>Moving, splitting and copying among the methods of a ticket.</summary>
public sealed class Branching(
    TicketBranches branches,
    TicketAnswers answers,
    ReferenceReader references,
    ICurrentConfiguration configuration
)
{
    internal static ScriptType MoveOptions { get; } =
        ScriptType.ObjectOf(
            new("requestType", ScriptType.TextUpTo(60), IsOptional: true),
            new("status", ScriptType.TextUpTo(60), IsOptional: true),
            new("mapping", ScriptType.Any, IsOptional: true),
            new("fields", ScriptType.Any, IsOptional: true)
        );

    internal static ScriptType SplitOptions { get; } =
        ScriptType.ObjectOf(
            new("desk", ScriptType.TextUpTo(10), IsOptional: true),
            new("type", ScriptType.TextUpTo(60), IsOptional: true),
            new("requestType", ScriptType.TextUpTo(60), IsOptional: true),
            new("summary", ScriptType.TextUpTo(255), IsOptional: true),
            new("requester", Words.Person, IsOptional: true),
            new("organization", Words.Organization, IsOptional: true),
            new("fields", ScriptType.Any, IsOptional: true)
        );

    internal static ScriptType CopyOptions { get; } =
        ScriptType.ObjectOf(
            new("summary", ScriptType.TextUpTo(255), IsOptional: true),
            new("attachments", ScriptType.Flag, IsOptional: true),
            new("participants", ScriptType.Flag, IsOptional: true)
        );

    internal async Task<TicketCommand> MoveAsync(ScriptCall call, CancellationToken cancellation)
    {
        var options = call.Argument(3);
        return new MoveTicket(call.Text(1), call.Argument(2)?.GetString())
        {
            RequestType = options?.TextOf("requestType"),
            Status = options?.TextOf("status"),
            Fields = options?.Find("mapping") is { ValueKind: JsonValueKind.Object } mapping
                ? ValueMap<string?>.From(
                    mapping
                        .EnumerateObject()
                        .Select(place =>
                            KeyValuePair.Create(
                                place.Name,
                                place.Value.ValueKind == JsonValueKind.String ? place.Value.GetString() : null
                            )
                        )
                )
                : ValueMap<string?>.Empty,
            Values = options?.Find("fields") is { } fields
                ? await references.FieldsAsync(call, configuration.Snapshot, fields, cancellation)
                : ValueMap<FieldValue?>.Empty,
        };
    }

    internal async Task<JsonNode?> SplitAsync(ScriptCall call, CancellationToken cancellation)
    {
        var ticket = await WorkedAsync(call, cancellation);
        var comment = call.Argument(1)!.Value.TryGetInt64(out var number) ? number : 0;
        if (await branches.FindMessageAsync(ticket, comment, cancellation) is not { } message)
        {
            throw new ScriptRefusedException(Refusal.NotFound(RefusalCodes.MessageUnknown));
        }

        var command = await branches.SplitAsync(
            ticket,
            message,
            await WishAsync(call, ticket, call.Argument(2), cancellation),
            cancellation
        );
        return await OpenAsync(call, command, cancellation);
    }

    internal async Task<JsonNode?> DuplicateAsync(ScriptCall call, CancellationToken cancellation)
    {
        var options = call.Argument(1);
        var choice = new CopyChoice(
            Channel.Automation,
            options?.Find("attachments")?.GetBoolean() ?? true,
            options?.Find("participants")?.GetBoolean() ?? true,
            options?.TextOf("summary")
        );
        var ticket = await WorkedAsync(call, cancellation);
        return await OpenAsync(call, await branches.DuplicateAsync(ticket, choice, cancellation), cancellation);
    }

    private async Task<SplitWish> WishAsync(
        ScriptCall call,
        TicketState ticket,
        JsonElement? where,
        CancellationToken cancellation
    )
    {
        var wish = branches.WishOf(
            ticket,
            where?.TextOf("desk"),
            where?.TextOf("type"),
            where?.TextOf("requestType"),
            Channel.Automation
        );
        return wish with
        {
            Summary = where?.TextOf("summary"),
            Requester = where?.Find("requester") is { } requester
                ? await references.PersonAsync(call.Viewer, requester, "requester", cancellation)
                : null,
            Organization = where?.Find("organization") is { } organization
                ? await references.OrganizationAsync(call.Viewer, organization, "organization", cancellation)
                : null,
            Fields = where?.Find("fields") is { } fields
                ? FieldReader.Filled(configuration.Snapshot.Fields(call.Viewer, fields))
                : ValueMap<FieldValue>.Empty,
        };
    }

    // Internal text is read: only for who works on the ticket.
    private static async Task<TicketState> WorkedAsync(ScriptCall call, CancellationToken cancellation)
    {
        var ticket = (await call.TicketAsync(call.Text(0), cancellation)).State;
        return call.Viewer.WorksOn(ticket.Desk)
            ? ticket
            : throw new ScriptRefusedException(Refusal.Forbidden(RefusalCodes.AgentsOnly));
    }

    private async Task<JsonNode?> OpenAsync(ScriptCall call, OpenTicket command, CancellationToken cancellation)
    {
        var opened = await call.OpenAsync(command, cancellation);
        return Describing.Shown(await answers.OfAsync(call.Viewer, opened.State, cancellation));
    }
}
