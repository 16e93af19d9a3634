using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.People;
using ServiceDesk.Storage;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Crm.Tests;

/// <summary>Who sees and changes what: agents of desks that serve some companies see those alone.</summary>
public sealed class AccessTests
{
    private const string Canary = "CNRY-daon-secret";

    [Theory]
    [OnBothDatabases]
    public async Task An_agent_of_a_desk_for_one_company_learns_nothing_of_another(DatabaseProvider provider)
    {
        await using var world = await CrmWorld.CreateAsync(provider);
        var (agent, daon, contract) = await TwoCompaniesAsync(world);
        var viewer = await world.Server.ViewerAsync(agent);
        Assert.Equal(["OWN"], viewer.Desks);
        var reader = world.Get<CrmReader>();

        Assert.Equal(
            ["hanbit", "part"],
            (await reader.AccountsAsync(viewer, "", 1, default)).Items.Select(one => one.Key).Order()
        );
        Assert.Empty((await reader.AccountsAsync(viewer, Canary, 1, default)).Items);
        Assert.Null(await reader.AccountAsync(viewer, daon, default));
        Assert.Null(await reader.ContractAsync(viewer, contract, default));
        Assert.Empty((await reader.ContractsAsync(viewer, new ContractFilter(), 1, default)).Items);
        Assert.Empty((await reader.ContactsAsync(viewer, "", 1, default)).Items);
        foreach (var field in new[] { CrmQueries.Account, CrmQueries.Contract, CrmQueries.Plan })
        {
            var suggested = await field.Suggest!(world.Server.Services, viewer, "", default);
            Assert.DoesNotContain(
                suggested,
                one =>
                    $"{one}".Contains("CNRY", StringComparison.Ordinal)
                    || $"{one}".Contains("daon", StringComparison.Ordinal)
            );
        }

        // Choosing what one may not see is as if it did not exist.
        var ticket = await world.Server.OpenAsync(world.Customer, "Printer burns", desk: "OWN");
        var chosen = await world.Server.SendAsync(agent, ticket.Id, new ChooseCover("", "CNRY-1"));
        Assert.Equal("crm.refusal.no-contract", chosen.Refusals[0].Code);
        Assert.Equal(
            "crm.refusal.no-account",
            (await world.Server.SendAsync(agent, ticket.Id, new ChooseCover("daon", ""))).Refusals[0].Code
        );
    }

    [Fact]
    public async Task No_page_route_or_export_of_the_plugin_shows_a_customer_or_a_foreign_agent_anothers_canary()
    {
        await using var world = await CrmWorld.CreateAsync();
        var (agent, daon, contract) = await TwoCompaniesAsync(world);
        foreach (var person in new[] { agent, world.Customer })
        {
            using var client = world.Server.ClientOf(person);
            foreach (var path in Paths(daon, contract))
            {
                var answer = await client.GetAsync(path);
                var body = await answer.Content.ReadAsStringAsync();
                Assert.True((int)answer.StatusCode < 500, $"{path}: {answer.StatusCode} {world.Server.Log}");
                Assert.False(
                    body.Contains("CNRY", StringComparison.OrdinalIgnoreCase)
                        && !path.Contains("CNRY", StringComparison.Ordinal),
                    $"{person.Name} at {path}"
                );
                Assert.True(
                    person == agent
                        || answer.StatusCode
                            is HttpStatusCode.Forbidden
                                or HttpStatusCode.Redirect
                                or HttpStatusCode.NotFound,
                    $"{path}: {answer.StatusCode}"
                );
            }
        }

        // The administrator sees it at those addresses, so that the test looks where something is.
        using var admin = world.Server.ClientOf(world.Admin);
        var seen = 0;
        foreach (var path in Paths(daon, contract))
        {
            seen += (await admin.GetStringAsync(path)).Contains("CNRY", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.True(seen >= 12, $"{seen}");
    }

    [Fact]
    public async Task Over_rest_records_are_made_once_changed_by_version_and_moved()
    {
        await using var world = await CrmWorld.CreateAsync();
        using var admin = world.Server.ClientOf(world.Admin);
        const string Root = "/api/v1/plugins/crm";
        var ids = new List<long>();
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Root + "/accounts")
            {
                Content = JsonContent.Create(
                    new
                    {
                        key = "hanbit",
                        name = "한빛그룹",
                        organization = "hanbit",
                    }
                ),
            };
            request.Headers.Add("Idempotency-Key", "once-1");
            var answer = await admin.SendAsync(request);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            ids.Add((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt64());
        }

        Assert.Equal(ids[0], ids[1]);
        var taken = await admin.PostAsJsonAsync(Root + "/accounts", new { key = "hanbit", name = "Again" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, taken.StatusCode);
        Assert.Equal(
            "crm.refusal.key-taken",
            (await taken.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()
        );
        var stale = await admin.PutAsJsonAsync($"{Root}/accounts/{ids[0]}", new { name = "Other", version = 99 });
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);

        var contract = await admin.PostAsJsonAsync(
            Root + "/contracts",
            new
            {
                number = "HB-1",
                name = "Operations",
                account = "hanbit",
                startsOn = "2026-01-01",
                endsOn = "2026-12-31",
                amount = "1000.50",
                currency = "EUR",
                budgetUnit = "hours",
                budgetAmount = "10",
                entitlements = new[] { new { plan = "gold", desks = new[] { "ITSD" } } },
            }
        );
        var made = await contract.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(contract.StatusCode == HttpStatusCode.Created, $"{made}");
        var id = made.GetProperty("contract").GetProperty("id").GetInt64();
        Assert.Equal("1000.5", made.GetProperty("contract").GetProperty("amount").GetString());
        Assert.Equal(
            HttpStatusCode.OK,
            (await admin.PutAsJsonAsync($"{Root}/contracts/{id}/state", new { state = "active" })).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.Conflict,
            (await admin.PutAsJsonAsync($"{Root}/contracts/{id}/state", new { state = "draft" })).StatusCode
        );

        var ticket = await world.Server.OpenAsync(world.Customer, "Printer burns");
        using var agent = world.Server.ClientOf(world.Agent);
        agent.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        var booked = await BookAsync("1:30");
        Assert.Equal(booked.StatusCode, (await BookAsync("1:30")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await BookAsync("1:45")).StatusCode);
        agent.DefaultRequestHeaders.Remove("Idempotency-Key");
        var cover = await booked.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(booked.StatusCode == HttpStatusCode.OK, $"{cover}");
        Assert.Equal(
            ("HB-1", "gold", "8.5"),
            (
                cover.GetProperty("contract").GetString(),
                cover.GetProperty("plan").GetString(),
                cover.GetProperty("budget").GetProperty("left").GetString()
            )
        );
        await world.UntilEnteredAsync(id, 1);
        var corrected = await admin.PostAsJsonAsync(
            $"{Root}/contracts/{id}/ledger",
            new { amount = "-0.5", note = "An hour" }
        );
        Assert.Equal(HttpStatusCode.Created, corrected.StatusCode);
        var ledger = await agent.GetFromJsonAsync<JsonElement>($"{Root}/contracts/{id}/ledger");
        Assert.Equal(
            (2, "9"),
            (ledger.GetProperty("items").GetArrayLength(), ledger.GetProperty("budget").GetProperty("left").GetString())
        );
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await agent.PostAsJsonAsync(Root + "/accounts", new { key = "x", name = "X" })).StatusCode
        );

        Task<HttpResponseMessage> BookAsync(string amount) =>
            agent.PostAsJsonAsync($"{Root}/tickets/{ticket.Key}/bookings", new { amount, note = "On site" });
    }

    private static IEnumerable<string> Paths(long account, long contract) =>
        [
            "/plugins/crm/accounts",
            "/plugins/crm/accounts?q=CNRY",
            "/plugins/crm/accounts?handler=Export",
            $"/plugins/crm/account?account={account}",
            $"/plugins/crm/editaccount?account={account}",
            "/plugins/crm/contacts",
            "/plugins/crm/contacts?handler=Export",
            "/plugins/crm/editcontact?contact=1",
            "/plugins/crm/contracts",
            "/plugins/crm/contracts?handler=Export",
            $"/plugins/crm/contract?contract={contract}",
            $"/plugins/crm/contract?contract={contract}&handler=Document&document=1",
            $"/plugins/crm/editcontract?contract={contract}",
            "/api/v1/plugins/crm/accounts",
            $"/api/v1/plugins/crm/accounts/{account}",
            "/api/v1/plugins/crm/contacts",
            "/api/v1/plugins/crm/contacts/1",
            "/api/v1/plugins/crm/contracts",
            $"/api/v1/plugins/crm/contracts/{contract}",
            $"/api/v1/plugins/crm/contracts/{contract}/ledger",
            $"/api/v1/plugins/crm/contracts/{contract}/documents",
            $"/api/v1/plugins/crm/contracts/{contract}/documents/1",
        ];

    internal static async Task<(Person Agent, long Account, long Contract)> TwoCompaniesAsync(CrmWorld world)
    {
        var team = await world.Get<IPeopleStore>().CreateTeamAsync("Own");
        await world.DocumentAsync(
            """
            kind: desk
            id: OWN
            name: Own desk
            types:
              - incident
            agents:
              everyone: false
              teams:
                - Own
            customers:
              everyone: false
              organizations:
                - hanbit
            """
        );
        var itsd = world.Get<Host.Configuration.ICurrentConfiguration>().Snapshot;
        Assert.NotNull(itsd);
        await world.DocumentAsync(
            """
            kind: desk
            id: ITSD
            name: IT
            types:
              - incident
            agents:
              everyone: false
              teams:
                - Other
            """
        );
        var agent = await world
            .Get<IPeopleStore>()
            .CreateAsync(new NewPerson("Own Agent", "own@example.com", "agent") { Teams = [team.Id] });
        await world.AccountAsync();
        await world.AccountAsync("part", "Part of Hanbit", "", "hanbit");
        var daon = await world.AccountAsync("daon", Canary, "daon");
        var viewer = await world.Server.ViewerAsync(world.Admin);
        var contract = await world.ContractAsync(
            CrmWorld.Gold("CNRY-1", "daon") with
            {
                Name = Canary,
                Entitlements = [new Records.Entitlement("cnry-plan", "", [], [])],
            }
        );
        CrmWorld.Done(
            await world.Get<LedgerWriting>().CorrectAsync(viewer, contract, "1", "CNRY ledger", null, default)
        );
        CrmWorld.Done(
            await world
                .Get<DocumentWriting>()
                .AddAsync(viewer, contract, "CNRY.txt", "CNRY content"u8.ToArray(), default)
        );
        CrmWorld.Done(
            await world
                .Get<ContactWriting>()
                .SaveAsync(
                    viewer,
                    null,
                    new ContactInput("CNRY contact", "", "", "", "", [new MembershipInput("daon", "Boss")]),
                    null,
                    default
                )
        );
        return (agent, daon, contract);
    }
}
