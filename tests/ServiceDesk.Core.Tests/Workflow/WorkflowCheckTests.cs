using NodaTime;
using ServiceDesk.Core.Tests.Tickets;
using ServiceDesk.Core.Workflow;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Core.Tests.Workflow;

public class WorkflowCheckTests
{
    private static readonly WorkflowDocument Sound = Company.IncidentWorkflow;

    [Fact]
    public void A_sound_workflow_has_no_problems() => Assert.Empty(Problems(Sound));

    [Fact]
    public void Ids_stand_once()
    {
        var doubled = Sound with
        {
            Transitions = Sound.Transitions.Add(Sound.Transitions[0]),
            Resolutions = Sound.Resolutions.Add(Sound.Resolutions[0]),
        };

        Assert.Equal(["/transitions/8/id workflow.id-twice", "/resolutions/2/id workflow.id-twice"], Problems(doubled));
    }

    [Fact]
    public void Every_status_that_is_named_exists()
    {
        var broken = Sound with
        {
            Transitions = Sound.Transitions.SetItem(0, Sound.Transitions[0] with { From = ["new", "lost"] }),
            Reopen = new ReopenRule("gone"),
        };

        Assert.Equal(
            ["/transitions/0/from/1 workflow.status-unknown", "/reopen/to workflow.status-unknown"],
            Problems(broken)
        );
    }

    [Fact]
    public void The_first_status_exists() =>
        Assert.Contains("/initial workflow.status-unknown", Problems(Sound with { Initial = "nowhere" }));

    [Fact]
    public void Every_status_can_be_reached()
    {
        var island = Sound with
        {
            Statuses = Sound.Statuses.Add(new("island", LocalizedText.Of("Island"), StatusCategory.Active)),
        };

        Assert.Equal(["/statuses/6 workflow.status-unreachable"], Problems(island));
    }

    [Fact]
    public void A_status_that_only_reopening_reaches_is_reached()
    {
        var reopened = Sound with
        {
            Statuses = Sound.Statuses.Add(new("again", LocalizedText.Of("Again"), StatusCategory.Active)),
            Reopen = new ReopenRule("again"),
        };

        Assert.Empty(Problems(reopened));
    }

    [Fact]
    public void A_ticket_can_be_done_and_only_what_is_done_closes()
    {
        var endless = Sound with
        {
            Statuses = Sound.Statuses.Select(status => status with { Category = StatusCategory.Active }).ToValueList(),
            Reopen = null,
        };

        Assert.Equal(
            [
                "/transitions/4/requiresResolution workflow.resolution-not-done",
                "/statuses workflow.never-done",
                "/statuses/5/closes workflow.closes-not-done",
            ],
            Problems(endless)
        );
    }

    [Fact]
    public void A_status_that_says_for_whom_a_ticket_waits_is_one_in_which_it_waits() =>
        Assert.Equal(
            ["/statuses/0/waitsFor workflow.waits-not-waiting"],
            Problems(
                Sound with
                {
                    Statuses = Sound
                        .Statuses.Select(
                            (status, index) =>
                                index == 0 || status.Category == StatusCategory.Waiting
                                    ? status with
                                    {
                                        WaitsFor = WaitsFor.Team,
                                    }
                                    : status
                        )
                        .ToValueList(),
                }
            )
        );

    [Fact]
    public void Where_a_resolution_is_asked_for_there_is_one() =>
        Assert.Equal(
            ["/transitions/4/requiresResolution workflow.resolutions-missing"],
            Problems(Sound with { Resolutions = [] })
        );

    [Fact]
    public void What_is_opened_again_is_not_done_and_has_time() =>
        Assert.Equal(
            ["/reopen/to workflow.reopen-done", "/reopen/within workflow.span-not-positive"],
            Problems(Sound with { Reopen = new ReopenRule("resolved", Duration.Zero) })
        );

    [Fact]
    public void What_closes_by_itself_takes_a_way_that_is_there_after_some_time()
    {
        Assert.Equal(
            ["/autoClose/transition workflow.transition-unknown"],
            Problems(Sound with { AutoClose = new AutoCloseRule("resolved", "vanish", Duration.FromDays(1)) })
        );
        Assert.Equal(
            ["/autoClose/transition workflow.auto-close-elsewhere", "/autoClose/after workflow.span-not-positive"],
            Problems(Sound with { AutoClose = new AutoCloseRule("new", "close", Duration.FromDays(-1)) })
        );
    }

    private static IEnumerable<string> Problems(WorkflowDocument workflow) =>
        new WorkflowCheck()
            .Check((ConfigurationDocument)workflow, Company.Configuration)
            .Select(problem => $"{problem.Path} {problem.Code}");
}
