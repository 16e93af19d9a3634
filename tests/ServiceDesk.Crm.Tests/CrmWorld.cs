using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Notifications;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Crm.Tests;

/// <summary>A server with two companies, an account and a gold contract for the first of them, and an SLA policy for gold.</summary>
public sealed class CrmWorld : IAsyncDisposable
{
    private readonly OwnDatabase database;

    private CrmWorld(OwnDatabase database, ServiceDeskServer server) => (this.database, Server) = (database, server);

    public ServiceDeskServer Server { get; }
    public Organization Hanbit { get; private set; } = null!;
    public Organization Daon { get; private set; } = null!;
    public Person Customer { get; private set; } = null!;
    public Person Stranger { get; private set; } = null!;
    public Person Agent { get; private set; } = null!;
    public Person Admin { get; private set; } = null!;

    public static async Task<CrmWorld> CreateAsync(DatabaseProvider provider = DatabaseProvider.Sqlite)
    {
        var own = await OwnDatabase.CreateAsync(provider);
        var world = new CrmWorld(own, await ServiceDeskServer.StartAsync(own.Setup));
        var people = world.Get<IPeopleStore>();
        world.Hanbit = await people.CreateOrganizationAsync("hanbit", "한빛그룹", true);
        world.Daon = await people.CreateOrganizationAsync("daon", "다온로지스", true);
        world.Customer = await PersonAsync(people, "한지민", "jimin", "customer", world.Hanbit);
        world.Stranger = await PersonAsync(people, "황준호", "junho", "customer", world.Daon);
        world.Agent = await PersonAsync(people, "Emily Carter", "emily", "agent", null);
        world.Admin = await PersonAsync(people, "Admin", "admin", "administrator", null);
        return world;
    }

    public T Get<T>()
        where T : notnull => Server.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await database.DisposeAsync();
    }

    /// <summary>A policy for the plan gold, with one hour to resolve.</summary>
    public Task GoldPolicyAsync() =>
        DocumentAsync(
            """
            kind: sla-policy
            id: gold
            name: Gold
            order: 1
            query: plan = "gold"
            metrics:
              - id: time-to-resolution
                name: Time to resolution
                start:
                  - "on": opened
                stop:
                  - "on": resolved
                goals:
                  - target: PT1H
                    calendar: "24x7"
            """
        );

    /// <summary>What a person was told of, newest first.</summary>
    public async Task<IReadOnlyList<StoredNotification>> ToldAsync(Person person) =>
        await Get<INotificationStore>().ListAsync(person.Id, unreadOnly: false, 50, null, default);

    /// <summary>Writes a document.</summary>
    public async Task DocumentAsync(string yaml)
    {
        var outcome = await Get<IConfigurationEditor>()
            .SaveAsync(yaml, null, new ConfigurationAuthor(null, "test", null));
        Assert.True(outcome.Status == ConfigurationStatus.Written, string.Join("; ", outcome.Problems));
    }

    public async Task<long> AccountAsync(
        string key = "hanbit",
        string name = "한빛그룹",
        string organization = "hanbit",
        string parent = ""
    ) =>
        Done(
            await Get<AccountWriting>()
                .SaveAsync(
                    await Server.ViewerAsync(Admin),
                    null,
                    new AccountInput(key, name, parent, organization),
                    null,
                    default
                )
        );

    /// <summary>An active contract.</summary>
    public async Task<long> ContractAsync(ContractInput? input = null)
    {
        var writing = Get<ContractWriting>();
        var viewer = await Server.ViewerAsync(Admin);
        var id = Done(await writing.SaveAsync(viewer, null, input ?? Gold(), null, default));
        Done(await writing.MoveAsync(viewer, id, ContractState.Active, default));
        return id;
    }

    /// <summary>What a gold contract says.</summary>
    public static ContractInput Gold(string number = "HB-1", string account = "hanbit") =>
        new(
            number,
            "IT operations",
            account,
            "2026-01-01",
            "2026-12-31",
            "12000000",
            "KRW",
            Owner: "emily@example.com",
            RemindDays: "30",
            PenaltyTerms: "0.5% a case",
            PenaltyRate: "0.5",
            BudgetUnit: BudgetUnit.Hours,
            BudgetAmount: "10"
        )
        {
            Entitlements = [new Entitlement("gold", "", [], [])],
        };

    public Task<GrainAnswer> BookAsync(TicketState ticket, long minutes, string note = "work") =>
        Server.SendAsync(Agent, ticket.Id, new BookBudget(minutes, note));

    public async Task<TicketState> StateAsync(TicketState ticket) => (await Server.Tickets.GetAsync(ticket.Id))!.State;

    /// <summary>Keys of the tickets that the agent finds.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(string query) =>
        [
            .. (await Get<ITicketQueries>().FindAsync(await Server.ViewerAsync(Agent), query, 50, null)).Items.Select(
                one => one.State.Key.ToString()
            ),
        ];

    public Task<T> ReadAsync<T>(Func<CrmTables, Task<T>> read) =>
        Get<IPluginTables<CrmTables>>().ReadAsync((db, _) => read(db));

    public async Task<ContractDetail> DetailAsync(long contract) =>
        (await Get<CrmReader>().ContractAsync(await Server.ViewerAsync(Admin), contract, default))!;

    /// <summary>Waits until the ledger of a contract has so many entries.</summary>
    public Task UntilEnteredAsync(long contract, int entries) =>
        Server.UntilAsync(() =>
            ReadAsync(async db => await db.Ledger.CountAsync(row => row.ContractId == contract) >= entries)
        );

    public static long Done(Written written)
    {
        Assert.True(written.IsDone, written.Refusals.ToString());
        return written.Id;
    }

    private static Task<Person> PersonAsync(
        IPeopleStore people,
        string name,
        string address,
        string role,
        Organization? organization
    ) =>
        people.CreateAsync(
            new NewPerson(name, $"{address}@example.com", role)
            {
                Organizations = organization is null ? [] : [organization.Id],
                Zone = "Asia/Seoul",
            }
        );
}
