using System.Net;
using System.Text.Json.Nodes;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>Writes the configuration of the world: desks that serve some companies each, with fields for everyone and for agents.</summary>
internal sealed class WorldDocuments(IsolationWorld world, HttpClient admin)
{
    public const string ShownField = "shown-words";
    public const string HiddenField = "hidden-words";
    public const string PersonField = "contact";

    /// <summary>Customers may see it, and yet administrators alone do.</summary>
    public const string SecretField = "secret-words";

    /// <summary>In every status by its name administrators alone see it.</summary>
    public const string LateField = "late-words";

    public async Task WriteAsync()
    {
        await RoleAsync("operator", "system.operate", "portal.ask");
        await RoleAsync("clerk", "people.write", "portal.ask");
        await FieldAsync(ShownField, "text", true);
        await FieldAsync(HiddenField, "text", false);
        await FieldAsync(PersonField, "person", true);
        await FieldAsync(SecretField, "text", true, HiddenIn());
        await FieldAsync(LateField, "text", true, HiddenIn([.. await StatusesAsync("incident", "change", "problem")]));
        foreach (var type in (string[])["incident", "change", "problem"])
        {
            await ChangeAsync(
                $"ticket-type/{type}",
                found =>
                    found["fields"] = With(
                        found["fields"],
                        ShownField,
                        HiddenField,
                        PersonField,
                        SecretField,
                        LateField
                    )
            );
        }

        await ChangeAsync("link-type/relates", type => type["customersSee"] = true);
        await DeskAsync("ALFA", [0, 1], shares: true);
        await DeskAsync("BETA", [2, 3], shares: false);
        await ChangeAsync("desk/ITSD", desk => desk["agents"] = Agents("ITSD"));
    }

    private Task RoleAsync(string id, params string[] permissions) =>
        PutAsync(
            $"role/{id}",
            new
            {
                id,
                name = id,
                permissions,
            }
        );

    private async Task<IReadOnlyList<string>> StatusesAsync(params string[] types)
    {
        var statuses = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            var workflow = (string)
                (await admin.GetAsync($"/api/v1/configuration/ticket-type/{type}").OkAsync())["workflow"]!;
            var found = await admin.GetAsync($"/api/v1/configuration/workflow/{workflow}").OkAsync();
            statuses.UnionWith(found["statuses"]!.AsArray().Select(status => (string)status!["id"]!));
        }

        return [.. statuses];
    }

    private static object[] HiddenIn(params string[] statuses) =>
        [new { roles = new[] { "administrator" }, access = "edit" }, new { statuses, access = "hidden" }];

    private Task FieldAsync(string id, string type, bool customersSee, params object[] access) =>
        PutAsync(
            $"field/{id}",
            new
            {
                id,
                name = id,
                type,
                customersSee,
                access,
            }
        );

    private async Task DeskAsync(string key, int[] firms, bool shares)
    {
        string Named(string what) =>
            world.Word($"the {what} of {key}", m => WhoMaySee.Offer(m, Desk()) || SeesATicket(m));
        Counter Desk() => world.Desks.Single(desk => desk.Key == key);
        bool SeesATicket(Member m) => world.Tickets.Any(t => t.At.Key == key && WhoMaySee.Ticket(m, t));

        await PutAsync(
            $"desk/{key}",
            new
            {
                id = key,
                name = Named("name"),
                description = world.Word($"the description of {key}", m => WhoMaySee.Offer(m, Desk())),
                types = new[] { "incident", "change" },
                agents = Agents(key),
                customers = new
                {
                    everyone = false,
                    organizations = firms.Select(place => world.Firms[place].Row.Key),
                    shareWithinOrganization = shares,
                },
            }
        );
        var prefix = key.ToLowerInvariant();
        await PutAsync(
            $"request-type/{prefix}-help",
            new
            {
                id = $"{prefix}-help",
                name = Named("request type"),
                desk = key,
                type = "incident",
                form = new object[]
                {
                    new { field = "summary", required = true },
                    new { field = "description" },
                    new { field = ShownField },
                    new { field = PersonField },
                    new { field = SecretField },
                    new { field = LateField },
                    new { field = "attachments" },
                },
            }
        );
        await PutAsync(
            $"queue/{prefix}-all",
            new
            {
                id = $"{prefix}-all",
                name = world.Word($"the queue of {key}", m => m.WorksAt.Contains(Desk())),
                desk = key,
                query = "",
            }
        );
    }

    private static JsonArray With(JsonNode? list, params string[] more) =>
        [.. (list?.AsArray() ?? []).Select(one => one!.DeepClone()), .. more];

    private JsonNode Agents(string desk) =>
        new JsonObject { ["everyone"] = false, ["teams"] = new JsonArray(world.TeamOf(desk)) };

    private async Task ChangeAsync(string document, Action<JsonNode> change)
    {
        var found = await admin.GetAsync($"/api/v1/configuration/{document}").OkAsync();
        change(found);
        await PutAsync(document, found.ToJsonString(), HttpStatusCode.OK);
    }

    private async Task PutAsync(string document, object body, HttpStatusCode status = HttpStatusCode.Created) =>
        await admin
            .SendAsync(Answers.Request(HttpMethod.Put, $"/api/v1/configuration/{document}", body))
            .OkAsync(status);
}
