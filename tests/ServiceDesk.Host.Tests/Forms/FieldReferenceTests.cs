using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Forms;

/// <summary>Fields that hold an organization, a team or a choice under another one: in forms, on pages, in lists and over REST.</summary>
public sealed partial class FieldReferenceTests(FieldReferenceTests.Fixture fixture)
    : IClassFixture<FieldReferenceTests.Fixture>
{
    private static readonly (string, string)[] Asked =
    [
        ("summary", "A desk by the window"),
        ("fields.fr-place", "gangnam"),
        ("seen", "summary fr-unit fr-place fr-floor"),
        ("once", "0123456789abcdef01234567"),
    ];

    [Fact]
    public async Task A_customer_chooses_among_own_organizations_and_no_team_and_reads_the_choice_with_those_above()
    {
        using var portal = fixture.Server.ClientOf(fixture.Cora);
        var page = new EditorPage(portal, "/portal/ask/ITSD/fr-move");
        var form = WebUtility.HtmlDecode(await portal.GetStringAsync("/portal/ask/ITSD/fr-move"));
        Assert.Contains("Acme", form, StringComparison.Ordinal);
        Assert.DoesNotContain("Zenith", form, StringComparison.Ordinal);
        Assert.DoesNotContain("fields.fr-crew", form, StringComparison.Ordinal);
        Assert.Contains("Korea › Seoul › Gangnam", form, StringComparison.Ordinal);
        Assert.Matches("data-place=\"fr-floor\"[^>]*hidden", form);

        // Whatever a browser sends besides: organizations of others look as if there were none.
        var (refused, why) = await page.PostAsync("", null, "ko", [.. Asked, ("fields.fr-unit", $"{fixture.Zenith}")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused);
        Assert.Contains($"{fixture.Zenith}번 조직이 없습니다", why, StringComparison.Ordinal);
        Assert.DoesNotMatch("data-place=\"fr-floor\"[^>]*hidden", why);

        var (taken, _) = await page.PostAsync("", null, "en", [.. Asked, ("fields.fr-unit", $"{fixture.Acme}")]);
        Assert.Equal(HttpStatusCode.Redirect, taken);
        var mine = await portal.GetStringAsync("/portal/requests");
        var key = Key().Match(mine).Groups["key"].Value;
        var request = WebUtility.HtmlDecode(await portal.GetStringAsync($"/portal/requests/{key}?lang=ko"));
        Assert.Contains("대한민국 › 서울 › 강남", request, StringComparison.Ordinal);
        Assert.Contains("Acme", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agents_read_names_on_the_ticket_in_its_history_and_in_lists()
    {
        var ticket = await fixture.OpenAsync();
        using var rest = await fixture.Server.RestAsync(fixture.Alex);
        await PatchAsync(rest, ticket, new { fr_unit = fixture.Acme.Value, fr_crew = fixture.Team.Value });

        using var agent = fixture.Server.ClientOf(fixture.Alex);
        foreach (var path in new[] { $"/workspace/tickets/{ticket.Key}?tab=history", "/workspace/ITSD/fr-moves" })
        {
            var page = WebUtility.HtmlDecode(await agent.GetStringAsync(path));
            Assert.Contains("Acme", page, StringComparison.Ordinal);
            Assert.Contains("Night crew", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Over_rest_they_are_numbers_and_queries_find_them_by_name()
    {
        var ticket = await fixture.OpenAsync();
        using var rest = await fixture.Server.RestAsync(fixture.Alex);

        var changed = await PatchAsync(
            rest,
            ticket,
            new { fr_unit = fixture.Zenith.Value, fr_crew = $"{fixture.Team}" }
        );

        Assert.Equal(
            (fixture.Zenith.Value, fixture.Team.Value),
            ((long)changed["fields"]!["fr-unit"]!, (long)changed["fields"]!["fr-crew"]!)
        );
        foreach (
            var query in new[]
            {
                "fr-unit = Zenith AND fr-crew = \"Night crew\"",
                "fr-unit IN (zenith) AND fr-place = korea",
                "fr-place = \"대한민국 › 서울\" AND fr-unit IS NOT EMPTY AND fr-unit != Acme",
            }
        )
        {
            Assert.Equal([ticket.Key.ToString()], await FoundAsync(rest, $"({query}) AND key = {ticket.Key}"));
        }

        Assert.Empty(await FoundAsync(rest, $"fr-place = japan AND key = {ticket.Key}"));

        foreach (var (field, value) in new[] { ("fr-unit", "9999"), ("fr-crew", "9999") })
        {
            using var refused = await SendAsync(rest, ticket, new JsonObject { [field] = value });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains($"/fields/{field}", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_form_keeps_what_a_field_holds_though_its_reader_could_not_choose_it()
    {
        var ticket = await fixture.OpenAsync();
        using var rest = await fixture.Server.RestAsync(fixture.Alex);
        await PatchAsync(rest, ticket, new { fr_unit = fixture.Zenith.Value });
        var desks = fixture.Configuration.All<DeskDocument>().ToList();
        var narrow = new DeskCustomers { Everyone = false, Organizations = ["acme"] };
        await fixture.Server.WriteAsync(desks.Select(desk => desk with { Customers = narrow }));
        try
        {
            using var agent = fixture.Server.ClientOf(await fixture.Server.PersonAsync("Nora Narrow", "agent"));
            var page = await agent.GetStringAsync($"/workspace/tickets/{ticket.Key}/edit");
            Assert.DoesNotContain("Zenith", page, StringComparison.Ordinal);
            Assert.Matches($"<option value=\"{fixture.Zenith}\" selected", page);
        }
        finally
        {
            await fixture.Server.WriteAsync(desks);
        }
    }

    [GeneratedRegex("/portal/requests/(?<key>ITSD-[0-9]+)", RegexOptions.None, 1000)]
    private static partial Regex Key();

    private static async Task<JsonNode> PatchAsync(HttpClient rest, TicketState ticket, object fields)
    {
        var named = new JsonObject(
            System
                .Text.Json.JsonSerializer.SerializeToNode(fields)!
                .AsObject()
                .Select(one => KeyValuePair.Create(one.Key.Replace('_', '-'), one.Value?.DeepClone()))
        );
        using var answer = await SendAsync(rest, ticket, named);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient rest, TicketState ticket, JsonObject fields)
    {
        using var before = await rest.GetAsync($"/api/v1/tickets/{ticket.Key}");
        using var patch = new HttpRequestMessage(HttpMethod.Patch, $"/api/v1/tickets/{ticket.Key}");
        patch.Headers.IfMatch.Add(before.Headers.ETag!);
        patch.Content = JsonContent.Create(new JsonObject { ["fields"] = fields });
        return await rest.SendAsync(patch);
    }

    private static async Task<IEnumerable<string>> FoundAsync(HttpClient rest, string query)
    {
        var page = await rest.GetFromJsonAsync<JsonObject>($"/api/v1/tickets?query={Uri.EscapeDataString(query)}");
        return page!["items"]!.AsArray().Select(ticket => (string)ticket!["key"]!);
    }

    /// <summary>A server with such fields, two organizations and a team.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        public ServiceDeskServer Server { get; private set; } = null!;

        public IConfiguration Configuration => Server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;

        public Person Cora { get; private set; } = null!;

        public Person Alex { get; private set; } = null!;

        public OrganizationId Acme { get; private set; }

        public OrganizationId Zenith { get; private set; }

        public TeamId Team { get; private set; }

        public async Task InitializeAsync()
        {
            Server = await ServiceDeskServer.StartAsync();
            await Server.WriteAsync(Documents());
            var people = Server.Services.GetRequiredService<IPeopleStore>();
            Acme = (await people.CreateOrganizationAsync("acme", "Acme", membersSeeEachOther: true)).Id;
            Zenith = (await people.CreateOrganizationAsync("zenith", "Zenith", membersSeeEachOther: true)).Id;
            Team = (await people.CreateTeamAsync("Night crew")).Id;
            var cora = await Server.PersonAsync("Cora Customer", "customer");
            Cora = (await people.UpdateAsync(cora.Id, new PersonChange { Organizations = [Acme] }))!;
            Alex = await Server.PersonAsync("Alex Agent", "agent");
        }

        public async Task DisposeAsync() => await Server.DisposeAsync();

        public Task<TicketState> OpenAsync() =>
            Server.OpenAsync(
                Cora,
                "Moves",
                fields: ValueMap<FieldValue>.Empty.SetItem("fr-place", new ChoiceValue("gangnam"))
            );

        private IEnumerable<ConfigurationDocument> Documents()
        {
            var type = Configuration.All<TicketTypeDocument>().Single(one => one.Id == "incident");
            yield return Field("fr-unit", FieldKind.Organization);
            yield return Field("fr-crew", FieldKind.Team);
            yield return Field("fr-floor", FieldKind.Text);
            yield return Field("fr-place", FieldKind.Choice) with
            {
                Choices =
                [
                    new FieldChoice("korea", LocalizedText.Of("Korea", "대한민국")),
                    new FieldChoice("seoul", LocalizedText.Of("Seoul", "서울")) { Under = "korea" },
                    new FieldChoice("gangnam", LocalizedText.Of("Gangnam", "강남")) { Under = "seoul" },
                    new FieldChoice("japan", LocalizedText.Of("Japan", "일본")),
                ],
            };
            yield return type with
            {
                Fields = type.Fields.Concat(["fr-unit", "fr-crew", "fr-place", "fr-floor"]).ToValueList(),
            };
            yield return new QueueDocument
            {
                Id = "fr-moves",
                Name = LocalizedText.Of("Moves"),
                Desk = "ITSD",
                Query = "fr-unit IS NOT EMPTY",
                Columns = ["key", "field:fr-unit", "field:fr-crew", "field:fr-place"],
            };
            yield return new RequestTypeDocument
            {
                Id = "fr-move",
                Name = LocalizedText.Of("Move"),
                Desk = "ITSD",
                Type = "incident",
                Form =
                [
                    new FormField("summary", Required: true),
                    new FormField("fr-unit"),
                    new FormField("fr-crew"),
                    new FormField("fr-place"),
                    new FormField("fr-floor") { When = [new FormCondition { Field = "fr-place", Is = ["korea"] }] },
                ],
            };
        }

        private static FieldDocument Field(string id, FieldKind kind) =>
            new()
            {
                Id = id,
                Name = LocalizedText.Of(id),
                Kind = kind,
                CustomersSee = true,
            };
    }
}
