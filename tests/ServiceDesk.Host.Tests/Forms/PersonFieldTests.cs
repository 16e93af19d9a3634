using System.Net;
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

/// <summary>Fields that hold a person look people up beyond the first ones of their list, for each viewer among those whom the viewer may know.</summary>
public sealed class PersonFieldTests(PersonFieldTests.Fixture fixture) : IClassFixture<PersonFieldTests.Fixture>
{
    [Theory]
    [InlineData("zora", "Zora Last")]
    [InlineData("Zora Last", "Zora Last")]
    [InlineData("zora.last@", "Zora Last")]
    [InlineData("ㅎㄱㄷ", "홍길동")]
    public async Task An_agent_looks_up_by_name_initial_consonants_and_address(string typed, string found)
    {
        using var agent = fixture.Server.ClientOf(fixture.Alex);
        var form = await agent.GetStringAsync($"/workspace/tickets/{fixture.Ticket.Key}/edit?lang=en");
        Assert.Contains("data-people=\"/workspace/people?all=True\"", form, StringComparison.Ordinal);

        var options = await LookAsync(agent, "/workspace/people", typed);

        Assert.Contains(found, options, StringComparison.Ordinal);
        Assert.Contains("data-id=", options, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_typed_finds_the_first_ones_where_a_field_asks_and_nobody_elsewhere()
    {
        using var agent = fixture.Server.ClientOf(fixture.Alex);
        Assert.Contains("combo-option", await LookAsync(agent, "/workspace/people", ""), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "combo-option",
            await agent.GetStringAsync("/workspace/people?q="),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_customer_finds_colleagues_by_name_alone_and_nobody_else()
    {
        using var portal = fixture.Server.ClientOf(fixture.Cora);
        var form = await portal.GetStringAsync("/portal/ask/ITSD/pf-ask");
        Assert.Contains("data-people=\"/portal/people?all=True\"", form, StringComparison.Ordinal);
        Assert.DoesNotContain("Zora", form, StringComparison.Ordinal);

        var found = await LookAsync(portal, "/portal/people", "colleague");
        Assert.Contains("Carl Colleague", found, StringComparison.Ordinal);
        Assert.DoesNotContain("@", found, StringComparison.Ordinal);
        foreach (var typed in new[] { "zora", "Alex", "" })
        {
            var others = await LookAsync(portal, "/portal/people", typed);
            Assert.DoesNotContain("Zora", others, StringComparison.Ordinal);
            Assert.DoesNotContain("Alex", others, StringComparison.Ordinal);
        }

        using var nobodys = fixture.Server.ClientOf(await fixture.Server.PersonAsync("Nell None", "customer"));
        Assert.DoesNotContain("combo-option", await LookAsync(nobodys, "/portal/people", ""), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await portal.GetAsync("/workspace/people?q=a")).StatusCode);
    }

    [Fact]
    public async Task Who_stands_beyond_the_list_is_taken_and_kept_and_a_name_of_nobody_is_refused_and_stays()
    {
        using var agent = fixture.Server.ClientOf(fixture.Alex);
        var page = new EditorPage(agent, $"/workspace/tickets/{fixture.Ticket.Key}/edit");
        var zora = $"{fixture.Zora.Id}";

        var (wrong, form) = await SaveAsync("No One");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong);
        Assert.Contains("Nobody of that name or address", form, StringComparison.Ordinal);
        Assert.Contains("<option value=\"No One\" selected", form, StringComparison.Ordinal);

        var (taken, _) = await SaveAsync(zora);
        Assert.Equal(HttpStatusCode.Redirect, taken);
        var again = await agent.GetStringAsync($"/workspace/tickets/{fixture.Ticket.Key}/edit");
        Assert.Matches($"<option value=\"{zora}\" selected[^>]*>Zora Last<", again);

        Task<(HttpStatusCode, string)> SaveAsync(string owner) =>
            page.PostAsync(
                "Save",
                null,
                "en",
                [("summary", "Kept"), ("version", $"{fixture.Ticket.Version}"), ("fields.pf-owner", owner)]
            );
    }

    private static Task<string> LookAsync(HttpClient client, string page, string typed) =>
        LookedUpAsync(client, $"{page}?all=True&q={Uri.EscapeDataString(typed)}");

    private static async Task<string> LookedUpAsync(HttpClient client, string address) =>
        WebUtility.HtmlDecode(await client.GetStringAsync(address));

    /// <summary>A server with more people than a list holds, and a field of a person on incidents.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        public ServiceDeskServer Server { get; private set; } = null!;

        public Person Cora { get; private set; } = null!;

        public Person Alex { get; private set; } = null!;

        public Person Zora { get; private set; } = null!;

        public TicketState Ticket { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Server = await ServiceDeskServer.StartAsync();
            var configuration = Server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;
            await Server.WriteAsync(Documents(configuration));
            var people = Server.Services.GetRequiredService<IPeopleStore>();
            for (var at = 0; at < 205; at++)
            {
                await people.CreateAsync(new NewPerson($"Many {at:000}", $"many{at}@example.com", "customer"));
            }

            await people.CreateAsync(new NewPerson("홍길동", "hong@example.com", "customer"));
            Zora = await people.CreateAsync(new NewPerson("Zora Last", "zora.last@example.com", "customer"));
            var acme = (await people.CreateOrganizationAsync("acme", "Acme", membersSeeEachOther: true)).Id;
            Cora = await OfAsync(people, await Server.PersonAsync("Cora Customer", "customer"), acme);
            await OfAsync(people, await Server.PersonAsync("Carl Colleague", "customer"), acme);
            Alex = await Server.PersonAsync("Alex Agent", "agent");
            Ticket = await Server.OpenAsync(Cora, "Owned");
        }

        public async Task DisposeAsync() => await Server.DisposeAsync();

        private static async Task<Person> OfAsync(IPeopleStore people, Person person, OrganizationId organization) =>
            (await people.UpdateAsync(person.Id, new PersonChange { Organizations = [organization] }))!;

        private static IEnumerable<ConfigurationDocument> Documents(IConfiguration configuration)
        {
            var type = configuration.All<TicketTypeDocument>().Single(one => one.Id == "incident");
            yield return new FieldDocument
            {
                Id = "pf-owner",
                Name = LocalizedText.Of("Owner"),
                Kind = FieldKind.Person,
                CustomersSee = true,
            };
            yield return type with
            {
                Fields = [.. type.Fields, "pf-owner"],
            };
            yield return new RequestTypeDocument
            {
                Id = "pf-ask",
                Name = LocalizedText.Of("Ask"),
                Desk = "ITSD",
                Type = "incident",
                Form = [new FormField("summary", Required: true), new FormField("pf-owner")],
            };
        }
    }
}
