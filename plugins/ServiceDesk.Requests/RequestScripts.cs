using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Requests;

/// <summary>Request types for scripts: <c>requests.open("new-laptop", "A laptop for Kim")</c>.</summary>
public static class RequestScripts
{
    private static readonly ScriptType Type = ScriptType.ObjectOf(
        new("id", ScriptType.Text),
        new("name", ScriptType.Text),
        new("desk", ScriptType.Text),
        new("type", ScriptType.Text),
        new("fields", ScriptType.ListOf(ScriptType.Text))
    );

    /// <summary>The module.</summary>
    public static ScriptModule Module { get; } =
        new(
            RequestsPlugin.Id,
            [
                new ScriptFunction(
                    "types",
                    "requests.script.types",
                    [],
                    ScriptType.ListOf(Type),
                    (call, _) => Types(call)
                ),
                new ScriptFunction(
                    "open",
                    "requests.script.open",
                    [
                        new("requestType", ScriptType.TextUpTo(60)),
                        new("summary", ScriptType.TextUpTo(255)),
                        new("description", ScriptType.Text, IsOptional: true),
                        new("fields", ScriptType.Any, IsOptional: true),
                        new("organization", ScriptType.Number, IsOptional: true),
                    ],
                    ScriptType.ObjectOf(new("key", ScriptType.Text), new("status", ScriptType.Text)),
                    OpenAsync
                ),
            ]
        );

    // The types of the desks where the script's person works or may ask.
    private static IEnumerable<RequestTypeDocument> Seen(IScriptCall call) =>
        call
            .Services.GetRequiredService<IConfigurationReader>()
            .Current.All<RequestTypeDocument>()
            .Where(type => call.Viewer.WorksOn(type.Desk) || call.Viewer.AskableDesks.Contains(type.Desk));

    private static Task<JsonNode?> Types(IScriptCall call) =>
        Task.FromResult(
            ScriptValue.Of(
                Seen(call)
                    .Select(type => new
                    {
                        type.Id,
                        Name = type.Name.In(call.Viewer.Person.Language),
                        type.Desk,
                        type.Type,
                        Fields = type.Form.Select(input => input.Field),
                    })
            )
        );

    private static async Task<JsonNode?> OpenAsync(IScriptCall call, CancellationToken cancellation)
    {
        if (Seen(call).FirstOrDefault(type => type.Id == call.Text(0)) is not { } type)
        {
            throw new ScriptRefusedException(Refusal.NotFound("requests.refusal.no-type", call.Text(0)));
        }

        var command = new OpenTicket(
            type.Desk,
            type.Type,
            type.Id,
            call.Text(1),
            call.Text(2),
            call.Viewer.Person.Id,
            call.Argument(4)?.TryGetInt64(out var organization) == true ? new OrganizationId(organization) : null,
            Priority: null,
            Filled(call.Fields(3)),
            Channel.Automation
        );
        var opened = (await call.OpenAsync(command, cancellation)).State;
        return ScriptValue.Of(new { Key = opened.Key.ToString(), opened.Status });
    }

    private static ValueMap<FieldValue> Filled(ValueMap<FieldValue?> fields) =>
        ValueMap<FieldValue>.From(
            fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Key, field.Value!))
        );
}
