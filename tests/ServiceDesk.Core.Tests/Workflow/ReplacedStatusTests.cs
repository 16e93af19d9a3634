using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Tests.Tickets;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Workflow;

/// <summary>Tickets in statuses that their workflow no longer has.</summary>
public class ReplacedStatusTests
{
    private readonly Bench bench = Bench.WithIncident();

    [Fact]
    public void A_ticket_goes_from_a_status_that_is_gone_to_where_the_workflow_says_once()
    {
        bench.Accept(Company.Alice, Bench.To("in-progress"));
        bench.Configuration = Company.Configuration.With(
            Without("in-progress") with
            {
                Replaced = [new("in-progress", "waiting-for-customer")],
            }
        );

        var moved = Assert.Single(bench.Accept(Bench.ByProduct(new ReplaceStatus())));
        Assert.Equal(
            new StatusChanged(
                "replace",
                "in-progress",
                "waiting-for-customer",
                StatusCategory.Waiting,
                Closes: false,
                null
            ),
            moved
        );
        Assert.Empty(bench.Accept(Bench.ByProduct(new ReplaceStatus())));
    }

    [Fact]
    public void One_that_nobody_replaced_stays()
    {
        bench.Accept(Company.Alice, Bench.To("in-progress"));
        bench.Configuration = Company.Configuration.With(Without("in-progress"));

        Assert.Empty(bench.Accept(Bench.ByProduct(new ReplaceStatus())));
    }

    [Fact]
    public void Who_configures_moves_tickets_of_desks_that_are_none_of_theirs_and_nobody_else_does()
    {
        bench.Configuration = Company.Configuration.With(
            Without("new") with
            {
                Initial = "in-progress",
                Replaced = [new("new", "in-progress")],
            }
        );
        var stranger = Company.ViewerOf(Company.Alice) with { Desks = [], Permissions = [Permissions.Configure] };
        var envelope = Bench.By(Company.Alice, new ReplaceStatus()) with { Viewer = stranger };

        Assert.Equal(RefusalCodes.ProductOnly, bench.Refuse(Company.Alice, new ReplaceStatus()).Code);
        Assert.Equal(
            RefusalCodes.TicketUnknown,
            bench.Refuse(envelope with { Command = new AddInternalNote("Hello", []) }).Code
        );
        Assert.Single(bench.Accept(envelope));
    }

    [Fact]
    public void What_is_replaced_is_gone_stands_once_and_goes_where_there_is_a_status() =>
        Assert.Equal(
            [
                "/replaced/1/to workflow.status-unknown",
                "/replaced/0/from workflow.replaced-is-there",
                "/replaced/2/from workflow.id-twice",
            ],
            new WorkflowCheck()
                .Check(
                    (ConfigurationDocument)(
                        Company.IncidentWorkflow with
                        {
                            Replaced = [new("new", "closed"), new("old", "nowhere"), new("old", "closed")],
                        }
                    ),
                    Company.Configuration
                )
                .Select(problem => $"{problem.Path} {problem.Code}")
        );

    private static WorkflowDocument Without(string status) =>
        Company.IncidentWorkflow with
        {
            Statuses = Company.IncidentWorkflow.Statuses.Where(known => known.Id != status).ToValueList(),
        };
}
