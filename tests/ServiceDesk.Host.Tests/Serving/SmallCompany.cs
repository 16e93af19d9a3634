using System.Net;
using ServiceDesk.Sdk.People;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Serving;

/// <summary>A server with an administrator, two agents, and customers in two organizations.</summary>
public sealed class SmallCompany : ServerUnderTest
{
    public Person Admin { get; private set; } = null!;

    public Person Agent { get; private set; } = null!;

    public Person OtherAgent { get; private set; } = null!;

    public Person Customer { get; private set; } = null!;

    public Person Colleague { get; private set; } = null!;

    public Person Stranger { get; private set; } = null!;

    public Team Team { get; private set; } = null!;

    public HttpClient AsAdmin { get; private set; } = null!;

    public HttpClient AsAgent { get; private set; } = null!;

    public HttpClient AsCustomer { get; private set; } = null!;

    public HttpClient AsStranger { get; private set; } = null!;

    protected override async Task FillAsync()
    {
        var people = Get<IPeopleStore>();
        var hanbit = await people.CreateOrganizationAsync("hanbit", "Hanbit Logistics", membersSeeEachOther: true);
        var other = await people.CreateOrganizationAsync("other", "Other Foods", membersSeeEachOther: true);
        Admin = await PersonAsync("Ada Admin", "administrator");
        Agent = await PersonAsync("Minsu Agent", "agent");
        OtherAgent = await PersonAsync("Olga Agent", "agent");
        Customer = await PersonAsync("Kim Customer", "customer", hanbit.Id);
        Colleague = await PersonAsync("Lee Colleague", "customer", hanbit.Id);
        Stranger = await PersonAsync("Sam Stranger", "customer", other.Id);
        var team = await people.CreateTeamAsync("Service desk");
        Team = (await people.SetTeamMembersAsync(team.Id, [Agent.Id]))!;
        AsAdmin = await ClientAsync(Admin);
        AsAgent = await ClientAsync(Agent);
        AsCustomer = await ClientAsync(Customer);
        AsStranger = await ClientAsync(Stranger);
    }

    /// <summary>An incident of the customer's that the agent opened over REST.</summary>
    /// <returns>Its address there.</returns>
    public async Task<string> OpenAsync(string summary)
    {
        var ticket = await AsAgent
            .PostAsync(
                "/api/v1/tickets",
                new
                {
                    desk = "ITSD",
                    type = "incident",
                    summary,
                    requester = Customer.Id.Value,
                }
            )
            .OkAsync(HttpStatusCode.Created);
        return $"/api/v1/tickets/{ticket["key"]}";
    }
}
