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
            Transitions = Sound.Transitions.SetItem(
                0,
                Sound.Transitions[0] with
                {
                    From = [.. Sound.Transitions[0].From, "lost"],
                }
            ),
            Reopen = new ReopenRule("gone"),
        };

        Assert.Equal(
            ["/transitions/0/from/2 workflow.status-unknown", "/reopen/to workflow.status-unknown"],
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
            Transitions = Sound.Transitions.Add(Way("resolve-again", ["again"], "resolved")),
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
                "/transitions/7/resolution workflow.resolution-not-done",
                "/statuses workflow.never-done",
                "/statuses/5/closes workflow.closes-not-done",
            ],
            Problems(endless)
        );
    }

    [Fact]
    public void A_resolution_that_a_transition_gives_is_one_of_the_workflows_and_leads_into_done()
    {
        var wrong = Sound with
        {
            Transitions = Sound
                .Transitions.Select(
                    (way, index) =>
                        index switch
                        {
                            0 => way with { Resolution = Sound.Resolutions[0].Id },
                            4 => way with { Resolution = "magic" },
                            _ => way,
                        }
                )
                .ToValueList(),
        };

        Assert.Equal(
            [
                "/transitions/0/resolution workflow.resolution-not-done",
                "/transitions/4/resolution workflow.resolution-unknown",
            ],
            Problems(wrong)
        );
    }

    [Fact]
    public void No_status_is_a_dead_end_unless_it_is_done()
    {
        var stuck = Sound with
        {
            Statuses = Sound.Statuses.Add(new("stuck", LocalizedText.Of("Stuck"), StatusCategory.Waiting)),
            Transitions = Sound.Transitions.Add(Way("stick", [], "stuck")).Add(Way("again", ["stuck"], "stuck")),
        };

        Assert.Equal(["/statuses/6 workflow.status-dead-end"], Problems(stuck));
    }

    [Fact]
    public void From_every_status_a_ticket_can_come_to_an_end()
    {
        var circle = Sound with
        {
            Statuses = Sound
                .Statuses.Add(new("here", LocalizedText.Of("Here"), StatusCategory.Active))
                .Add(new("there", LocalizedText.Of("There"), StatusCategory.Active)),
            Transitions = Sound
                .Transitions.Add(Way("enter", ["new"], "here"))
                .Add(Way("go", ["here"], "there"))
                .Add(Way("return", ["there"], "here")),
        };

        Assert.Equal(["/statuses/6 workflow.status-endless", "/statuses/7 workflow.status-endless"], Problems(circle));
        Assert.Empty(Problems(circle with { Transitions = circle.Transitions.Add(Way("end", ["there"], "closed")) }));
    }

    [Fact]
    public void Roles_for_which_a_transition_is_kept_exist_and_stand_once() =>
        Assert.Equal(
            ["/transitions/0/roles/1 configuration.no-such-role", "/transitions/0/roles/2 configuration.twice"],
            Problems(
                Sound with
                {
                    Transitions = Sound.Transitions.SetItem(
                        0,
                        Sound.Transitions[0] with
                        {
                            Roles = ["agent", "nobody", "agent"],
                        }
                    ),
                }
            )
        );

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
            [
                "/transitions/4/requiresResolution workflow.resolutions-missing",
                "/transitions/7/resolution workflow.resolution-unknown",
            ],
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

    private static WorkflowTransition Way(string id, ValueList<string> from, string to) =>
        new()
        {
            Id = id,
            Name = LocalizedText.Of(id),
            From = from,
            To = to,
        };

    private static IEnumerable<string> Problems(WorkflowDocument workflow) =>
        new WorkflowCheck()
            .Check((ConfigurationDocument)workflow, Company.Configuration)
            .Select(problem => $"{problem.Path} {problem.Code}");
}
