using System.Text.Json;
using System.Text.Json.Nodes;
using ServiceDesk.Host.Api.Answers;
using ServiceDesk.Host.Api.Bodies;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Scripting;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Scripting.Api.Modules;

/// <summary>Finds and opens tickets.</summary>
public sealed class TicketsModule(
    ITicketQueries queries,
    TicketAnswers answers,
    ReferenceReader references,
    ICurrentConfiguration configuration
) : IHostModule
{
    private const string Name = "tickets";
    private const int Most = 200;

    public ScriptModule Describe() =>
        new(
            Name,
            [
                Describing.Function(
                    Name,
                    "get",
                    [new("key", ScriptType.TextUpTo(40))],
                    ScriptType.Ticket.OrNull(),
                    async (call, cancellation) =>
                        await call.FindTicketAsync(call.Text(0), cancellation) is { } found
                            ? Describing.Shown(await answers.OfAsync(call.Viewer, found.State, cancellation))
                            : null
                ),
                Describing.Function(
                    Name,
                    "search",
                    [new("query", ScriptType.TextUpTo(4000)), new("limit", ScriptType.Number, IsOptional: true)],
                    ScriptType.ListOf(ScriptType.Ticket),
                    SearchAsync
                ),
                Describing.Function(
                    Name,
                    "count",
                    [new("query", ScriptType.TextUpTo(4000))],
                    ScriptType.Number,
                    (call, cancellation) =>
                        AskAsync(async () =>
                            (JsonNode?)await queries.CountAsync(call.Viewer, call.Text(0), cancellation)
                        )
                ),
                Describing.Function(Name, "open", [new("ticket", Opening)], ScriptType.Ticket, OpenAsync),
            ]
        );

    private static ScriptType Opening { get; } =
        ScriptType.ObjectOf(
            new("desk", ScriptType.TextUpTo(10)),
            new("type", ScriptType.TextUpTo(60), IsOptional: true),
            new("requestType", ScriptType.TextUpTo(60), IsOptional: true),
            new("summary", ScriptType.TextUpTo(255)),
            new("description", ScriptType.Text, IsOptional: true),
            new("requester", Words.Person, IsOptional: true),
            new("organization", Words.Organization, IsOptional: true),
            new("participants", ScriptType.ListOf(Words.Person), IsOptional: true),
            new("private", ScriptType.Flag, IsOptional: true),
            new("sharedWith", ScriptType.ListOf(Words.Organization), IsOptional: true),
            new("assignee", Words.Person, IsOptional: true),
            new("priority", Words.Priority, IsOptional: true),
            new("labels", ScriptType.ListOf(ScriptType.TextUpTo(60)), IsOptional: true),
            new("fields", ScriptType.Any, IsOptional: true)
        );

    private Task<JsonNode?> SearchAsync(ScriptCall call, CancellationToken cancellation) =>
        AskAsync(async () =>
        {
            var limit = (int)Math.Clamp(call.Argument(1)?.GetDouble() ?? 50, 1, Most);
            var page = await queries.FindAsync(call.Viewer, call.Text(0), limit, null, cancellation);
            TicketState[] states = [.. page.Items.Select(item => item.State)];
            return Describing.Shown(await answers.OfAsync(call.Viewer, states, cancellation));
        });

    private async Task<JsonNode?> OpenAsync(ScriptCall call, CancellationToken cancellation)
    {
        var given = call.Argument(0)!.Value;
        var command = new OpenTicket(
            given.TextOf("desk")!,
            given.TextOf("type"),
            given.TextOf("requestType"),
            given.TextOf("summary")!,
            given.TextOf("description") ?? "",
            given.Find("requester") is { } requester
                ? await references.PersonAsync(call.Viewer, requester, "requester", cancellation)
                : call.Viewer.Person.Id,
            given.Find("organization") is { } organization
                ? await references.OrganizationAsync(call.Viewer, organization, "organization", cancellation)
                : null,
            given.TextOf("priority") is { } priority ? Words.PriorityOf(priority) : null,
            given.Find("fields") is { } fields
                ? FieldReader.Filled(configuration.Snapshot.Fields(call.Viewer, fields))
                : ValueMap<FieldValue>.Empty,
            Channel.Automation
        )
        {
            Assignee = given.Find("assignee") is { } assignee
                ? await references.PersonAsync(call.Viewer, assignee, "assignee", cancellation)
                : null,
            Labels = given.Find("labels") is { } labels
                ? labels.EnumerateArray().Select(label => label.GetString()!).ToValueList()
                : [],
            IsPrivate = given.Find("private")?.GetBoolean() == true,
            Then = await ThenAsync(call, given, cancellation),
        };
        var opened = await call.OpenAsync(command, cancellation);
        return Describing.Shown(await answers.OfAsync(call.Viewer, opened.State, cancellation));
    }

    private async Task<ValueList<TicketCommand>> ThenAsync(
        ScriptCall call,
        JsonElement given,
        CancellationToken cancellation
    )
    {
        var then = new List<TicketCommand>();
        foreach (var house in given.Find("sharedWith")?.EnumerateArray() ?? default)
        {
            then.Add(
                new ShareTicket(await references.OrganizationAsync(call.Viewer, house, "sharedWith", cancellation))
            );
        }

        var people = new List<PersonId>();
        foreach (var person in given.Find("participants")?.EnumerateArray() ?? default)
        {
            people.Add(await references.PersonAsync(call.Viewer, person, "participants", cancellation));
        }

        return then.Concat(people.Count > 0 ? [new AddParticipants(people.ToValueList())] : []).ToValueList();
    }

    private static async Task<JsonNode?> AskAsync(Func<Task<JsonNode?>> ask)
    {
        try
        {
            return await ask();
        }
        catch (QueryException problem)
        {
            throw new ScriptRefusedException(
                Refusal.Invalid(problem.Error.Code, "query", [.. problem.Error.Arguments])
            );
        }
    }
}
