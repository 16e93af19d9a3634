using NodaTime;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Sla.Reports;

/// <summary>What was promised to a customer in a month, and how it went.</summary>
/// <param name="Organization">The customer.</param>
/// <param name="Month">The month.</param>
/// <param name="Question">What its figures ask; with another state or goal, what one of them counts.</param>
/// <param name="Goals">How promises went, by goal.</param>
/// <param name="Opened">Tickets opened.</param>
/// <param name="Solved">Tickets solved.</param>
/// <param name="Causes">With whom the time of the decided promises passed.</param>
/// <param name="Breached">The broken ones, the newest first.</param>
/// <param name="BreachedCount">How many there are in all.</param>
/// <param name="Corrected">Those that two people corrected.</param>
public sealed record Statement(
    Organization Organization,
    DaySpan Month,
    PromiseQuestion Question,
    IReadOnlyList<GoalFigure> Goals,
    int Opened,
    int Solved,
    CauseReport Causes,
    IReadOnlyList<ListedPromise> Breached,
    int BreachedCount,
    IReadOnlyList<ListedPromise> Corrected
)
{
    /// <summary>Kept promises.</summary>
    public int Met => Goals.Sum(goal => goal.Met);

    /// <summary>Broken promises.</summary>
    public int Missed => Goals.Sum(goal => goal.Breached);

    /// <summary>The share that was kept; null when nothing was decided.</summary>
    public double? ShareMet => Met + Missed == 0 ? null : (double)Met / (Met + Missed);
}

/// <summary>Makes statements: for agents of the customers whom their desks serve, for customers of their own organization.</summary>
public sealed class Statements(PromiseReports reports, CustomerAgreements agreements, IPeople people, IClock clock)
{
    /// <summary>Most broken promises that are listed one by one.</summary>
    public const int MostListed = 500;

    /// <summary>The statement of a customer; null when there is none that the agent may know.</summary>
    public async Task<Statement?> OfAsync(
        Viewer viewer,
        OrganizationId id,
        DaySpan month,
        CancellationToken cancellation
    )
    {
        var customers = await reports.CustomersAsync(viewer, cancellation);
        return customers.FirstOrDefault(one => one.Id == id) is { } organization
            ? await MakeAsync(viewer, organization, Question(month, id), month, cancellation)
            : null;
    }

    /// <summary>
    /// The organizations of which a customer may read statements: those whose requests the customer sees, when there is an
    /// agreement that the customer may read.
    /// </summary>
    public async Task<IReadOnlyList<Organization>> OwnAsync(Viewer viewer, CancellationToken cancellation)
    {
        if (viewer.SharedOrganizations.Count == 0 || (await agreements.OfAsync(viewer, cancellation)).Count == 0)
        {
            return [];
        }

        var own = new List<Organization>();
        foreach (var id in viewer.SharedOrganizations)
        {
            if (await people.FindOrganizationAsync(id, cancellation) is { } organization)
            {
                own.Add(organization);
            }
        }

        return [.. own.OrderBy(one => one.Name, StringComparer.CurrentCulture)];
    }

    /// <summary>The statement of a customer's own organization, of the agreements that the customer may read; null when there is none.</summary>
    public async Task<Statement?> OfOwnAsync(
        Viewer viewer,
        OrganizationId id,
        DaySpan month,
        CancellationToken cancellation
    ) =>
        await AskOwnAsync(viewer, id, month, cancellation) is var (organization, question)
            ? await MakeAsync(viewer, organization, question, month, cancellation)
            : null;

    /// <summary>What the statement of a customer's own organization asks; null when there is none.</summary>
    public async Task<(Organization Organization, PromiseQuestion Question)?> AskOwnAsync(
        Viewer viewer,
        OrganizationId id,
        DaySpan month,
        CancellationToken cancellation
    )
    {
        if ((await OwnAsync(viewer, cancellation)).FirstOrDefault(one => one.Id == id) is not { } organization)
        {
            return null;
        }

        var policies = (await agreements.OfAsync(viewer, cancellation)).Select(policy => policy.Id).ToValueList();
        return (organization, Question(month, id) with { ForCustomer = true, Policies = policies });
    }

    private async Task<Statement> MakeAsync(
        Viewer viewer,
        Organization organization,
        PromiseQuestion question,
        DaySpan month,
        CancellationToken cancellation
    )
    {
        var goals = await reports.GoalsAsync(viewer, question, cancellation);
        var (opened, solved) = await reports.TicketsAsync(viewer, question, cancellation);
        var causes = await reports.CausesAsync(viewer, question, cancellation);
        var (breached, count) = await reports.ListAsync(
            viewer,
            question with
            {
                State = PromiseState.Breached,
            },
            MostListed,
            cancellation
        );
        var (corrected, _) = await reports.ListAsync(
            viewer,
            question with
            {
                State = PromiseState.Corrected,
            },
            MostListed,
            cancellation
        );
        return new Statement(
            organization,
            month,
            question,
            [.. goals.Where(goal => goal.Met + goal.Breached > 0)],
            opened,
            solved,
            causes,
            breached,
            count,
            corrected
        );
    }

    private PromiseQuestion Question(DaySpan month, OrganizationId id) =>
        new()
        {
            From = month.From,
            To = month.To,
            Now = clock.GetCurrentInstant(),
            Zone = month.Zone,
            Agreement = AgreementType.Sla,
            Organization = id.Value,
        };
}
