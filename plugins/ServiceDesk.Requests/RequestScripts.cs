using System.Text.Json;
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

    // Who takes part and with whom it is shared, by ids.
    private static readonly ScriptType Sharing = ScriptType.ObjectOf(
        new("participants", ScriptType.ListOf(ScriptType.Number), IsOptional: true),
        new("private", ScriptType.Flag, IsOptional: true),
        new("sharedWith", ScriptType.ListOf(ScriptType.Number), IsOptional: true)
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
                        new("sharing", Sharing, IsOptional: true),
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
        )
        {
            IsPrivate =
                call.Argument(5) is { } sharing
                && sharing.TryGetProperty("private", out var flag)
                && flag.ValueKind == JsonValueKind.True,
            Then = Then(call),
        };
        var opened = (await call.OpenAsync(command, cancellation)).State;
        return ScriptValue.Of(new { Key = opened.Key.ToString(), opened.Status });
    }

    private static ValueList<TicketCommand> Then(IScriptCall call)
    {
        var people = Ids(call, "participants").Select(id => new PersonId(id)).Distinct().ToValueList();
        return
        [
            .. Ids(call, "sharedWith").Distinct().Select(id => new ShareTicket(new OrganizationId(id))),
            .. people.Count > 0 ? (TicketCommand[])[new AddParticipants(people)] : [],
        ];
    }

    // A number that is no id is one of nobody, so that it is refused.
    private static IEnumerable<long> Ids(IScriptCall call, string name) =>
        call.Argument(5) is { } sharing
        && sharing.TryGetProperty(name, out var list)
        && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(one => one.TryGetInt64(out var id) ? id : 0)
            : [];

    private static ValueMap<FieldValue> Filled(ValueMap<FieldValue?> fields) =>
        ValueMap<FieldValue>.From(
            fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Key, field.Value!))
        );
}
