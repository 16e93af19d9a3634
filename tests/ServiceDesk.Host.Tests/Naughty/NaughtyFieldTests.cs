using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using ServiceDesk.Host.Tests.Isolation;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Naughty;

/// <summary>The strings that break programs in a field of each kind, in changes of a ticket, in documents, settings, people and set-up.</summary>
public sealed class NaughtyFieldTests(SmallCompany company) : CompanyAttempts(company), IClassFixture<SmallCompany>
{
    private static readonly string[] Kinds =
    [
        "text",
        "long-text",
        "number",
        "flag",
        "date",
        "moment",
        "choice",
        "choices",
        "person",
        "url",
        "tags",
        "duration",
        "organization",
        "team",
        "attachment",
    ];

    private static readonly string[] Lists = ["choices", "tags", "attachment"];

    private static readonly string[] Plugins = ["incidents", "problems", "changes"];

    [Fact]
    public async Task A_field_of_any_kind_keeps_what_it_takes_or_says_why_not()
    {
        foreach (var kind in Kinds)
        {
            await WriteAsync("field", Field(kind));
        }

        await WriteAsync(
            "ticket-type",
            new
            {
                id = "naughty",
                name = "Naughty",
                workflow = "incident",
                fields = Kinds.Select(Id),
            }
        );
        await WriteAsync(
            "desk",
            new
            {
                id = "NTY",
                name = "Naughty",
                types = new[] { "naughty" },
            }
        );
        var taken = new System.Collections.Concurrent.ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var agent = BrowserSession.Of(Company);
        await agent.SignInAsync(Company.Agent.Email);
        await EachAsync(async text =>
        {
            var (ticket, kinds) = await OpenAsync(text);
            foreach (var kind in kinds)
            {
                var found = ticket["fields"]?[Id(kind)];
                taken.AddOrUpdate(found is null ? $"{kind} empty" : kind, 1, (_, count) => count + 1);
                Note(IsKept(kind, text, found) ? null : $"a {kind} reads back as {found}", text);
            }

            await PageAsync(
                agent.PostAsync(
                    "/workspace/new?desk=NTY&type=naughty",
                    [
                        new("summary", "By the form"),
                        new("requester", Company.Customer.Email),
                        .. Kinds.Select(kind => new KeyValuePair<string, string>($"fields.{Id(kind)}", text)),
                    ]
                ),
                "the form",
                text
            );
        });
        Assert.True(taken["text"] > 300, "texts are not taken");
        Assert.True(taken["long-text"] > 400, "long texts are not taken");
        Assert.True(taken["tags"] > 100, "tags are not taken");
        Assert.DoesNotContain("choice", taken.Keys);
        Assert.DoesNotContain("attachment", taken.Keys);
    }

    [Fact]
    public async Task A_change_keeps_what_it_takes_and_its_form_shows_it_as_it_is()
    {
        var agent = BrowserSession.Of(Company);
        await agent.SignInAsync(Company.Agent.Email);
        await EachAsync(async text =>
        {
            var opened = await SendAsync(
                HttpMethod.Post,
                "/api/v1/tickets",
                new
                {
                    desk = "ITSD",
                    type = "incident",
                    summary = "Changed",
                }
            );
            var address = $"/api/v1/tickets/{opened["key"]}";
            await ChangeAsync(address, text, new { description = text }, "description", text);
            var named = await ChangeAsync(address, text, new { summary = text }, "summary", text.Trim());
            var labelled = await ChangeAsync(address, text, new { labels = new[] { text } }, null, null);
            if (labelled["labels"] is JsonArray { Count: > 0 } labels)
            {
                Same(text, text.Trim().ToLowerInvariant(), (string?)labels[0], "label");
            }

            var form = await Answer.OfAsync(agent.GetAsync($"/workspace/tickets/{opened["key"]}/edit"));
            var shown = new Shown(form.Body);
            Same(Lines(text), Lines(text), Lines(shown.Field("description") ?? ""), "description of the form");
            Same(text, (string?)named["summary"] ?? "Changed", shown.Field("summary"), "summary of the form");
        });
    }

    [Fact]
    public async Task Documents_and_settings_keep_what_they_take()
    {
        var admin = BrowserSession.Of(Company);
        await admin.SignInAsync(Company.Admin.Email);
        const string Queue = "/configuration/queue/naughty";
        await EachAsync(
            async text =>
            {
                var document = new
                {
                    id = "naughty",
                    name = text,
                    desk = "ITSD",
                    query = "category != done",
                };
                using var write = Answers.Request(HttpMethod.Put, $"/api/v1{Queue}", document, ("If-Match", "*"));
                using var sent = await Company.AsAdmin.SendAsync(write);
                await ReadAsync(sent, "document", text);
                if (sent.IsSuccessStatusCode)
                {
                    var read = await ReadAsAdminAsync($"/api/v1{Queue}");
                    Same(text, text, (string?)read["name"], "document");
                    await PageAsync(admin.GetAsync($"/administration{Queue}"), "its page", text);
                }

                if (!Hazards.Any(hazard => hazard[0] == text))
                {
                    return; // both write the configuration, which the other strings have done once by now
                }

                await PageAsync(
                    admin.PostAsync(
                        $"/administration{Queue}?handler=Save",
                        [new("yaml", text), new("comment", text), new("version", "0")]
                    ),
                    "YAML",
                    text
                );
                var plugin = Plugins[Array.IndexOf(Strings, text) % Plugins.Length];
                await PageAsync(
                    admin.PostAsync(
                        $"/administration/plugins/{plugin}/settings",
                        [.. SettingsOf(plugin).Select(name => new KeyValuePair<string, string>(name, text))]
                    ),
                    plugin,
                    text
                );
            },
            atOnce: 1
        );
    }

    [Fact]
    public async Task People_are_called_what_they_are()
    {
        var admin = BrowserSession.Of(Company);
        await admin.SignInAsync(Company.Admin.Email);
        await EachAsync(async text =>
        {
            var number = Array.IndexOf(Strings, text).ToString(CultureInfo.InvariantCulture);
            var email = $"naughty{number}@example.com";
            await PageAsync(
                admin.PostAsync(
                    "/administration/person?handler=Save",
                    [
                        new("name", text),
                        new("email", email),
                        new("role", "customer"),
                        new("zone", "UTC"),
                        new("language", "en"),
                    ]
                ),
                "person",
                text
            );
            var person = await Company.Get<Storage.People.IPeopleStore>().FindByEmailAsync(email);
            Same(text, person is null ? null : text.Trim(), person?.Name, "name");
        });
        var people = await Company.Get<Storage.People.IPeopleStore>().FindByEmailAsync("naughty200@example.com");
        Assert.NotNull(people);
    }

    // A ticket with the string in a field of every kind that takes it: what is refused, at its place, is left out the next time.
    private async Task<(JsonNode Ticket, IReadOnlyList<string> Taken)> OpenAsync(string text)
    {
        var left = Kinds.ToList();
        while (true)
        {
            var answer = await SendAsync(
                HttpMethod.Post,
                "/api/v1/tickets",
                new
                {
                    desk = "NTY",
                    type = "naughty",
                    summary = "Fields",
                    fields = left.ToDictionary(Id, kind => Lists.Contains(kind) ? (object)new[] { text } : text),
                }
            );
            if ((string?)answer["key"] is { } key)
            {
                return (await SendAsync(HttpMethod.Get, $"/api/v1/tickets/{key}", null), left);
            }

            var places = (answer["errors"]?.AsArray() ?? []).Select(error => (string?)error!["pointer"]).ToList();
            if (left.RemoveAll(kind => places.Contains($"/fields/{Id(kind)}")) == 0)
            {
                Note($"refused without a place: {answer}", text);
                return (new JsonObject(), []);
            }
        }
    }

    // A form knows one kind of line break.
    private static string Lines(string text) => text.ReplaceLineEndings("\n");

    private static string Id(string kind) => $"nty-{kind}";

    private static object Field(string kind) =>
        kind is "choice" or "choices"
            ? new
            {
                id = Id(kind),
                name = kind,
                type = kind,
                choices = new[] { new { id = "one", name = "One" } },
            }
            : new
            {
                id = Id(kind),
                name = kind,
                type = kind,
            };

    // Text is kept as it came; other kinds are kept as what they say.
    private static bool IsKept(string kind, string text, JsonNode? found) =>
        kind switch
        {
            _ when text.Length == 0 => found is null,
            "text" or "long-text" or "url" => (string?)found == text,
            "number" => found is not null
                && decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) == (decimal)found,
            "flag" => found is not null && bool.Parse(text) == (bool)found,
            _ => found is not null,
        };

    private async Task<JsonNode> ChangeAsync(
        string address,
        string text,
        object change,
        string? field,
        string? expected
    )
    {
        using var request = Answers.Request(HttpMethod.Patch, address, change, ("If-Match", "*"));
        using var sent = await Company.AsAgent.SendAsync(request);
        var answer = await ReadAsync(sent, "a change", text);
        if (sent.IsSuccessStatusCode && field is not null)
        {
            Same(text, expected, (string?)answer[field], field);
        }

        return answer;
    }

    private async Task<JsonNode> ReadAsAdminAsync(string address)
    {
        using var read = await Company.AsAdmin.GetAsync(address);
        return await ReadAsync(read, address, "");
    }

    private Task WriteAsync(string kind, object document)
    {
        var id = (string)document.GetType().GetProperty("id")!.GetValue(document)!;
        return Company
            .AsAdmin.SendAsync(Answers.Request(HttpMethod.Put, $"/api/v1/configuration/{kind}/{id}", document))
            .OkAsync(HttpStatusCode.Created);
    }

    private IEnumerable<string> SettingsOf(string plugin) =>
        Company.Get<Host.Plugins.Settings.PluginSettingsEditor>().InputsOf(plugin)!.Select(setting => setting.Name);
}
