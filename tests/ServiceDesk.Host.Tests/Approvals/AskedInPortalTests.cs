using System.Net;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Reactions.Live;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Tests.Approvals;

/// <summary>Who is asked for an approval and has nothing else to do with the ticket, on pages.</summary>
public sealed class AskedInPortalTests : IAsyncLifetime
{
    private AskedScene scene = null!;

    private string Page => $"/portal/requests/{scene.Change.Key}";

    public async Task InitializeAsync() => scene = await AskedScene.CreateAsync();

    public async Task DisposeAsync() => await scene.DisposeAsync();

    [Fact]
    public async Task Who_is_asked_sees_what_was_asked_for_and_answers_and_sees_nothing_else()
    {
        Assert.Null(scene.Change.RequestType);
        using var deciding = scene.Server.ClientOf(scene.Approver);
        using var looking = scene.Server.ClientOf(scene.Other);
        Assert.Equal(HttpStatusCode.NotFound, (await deciding.GetAsync(Page)).StatusCode);

        var approval = await scene.AskAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await looking.GetAsync(Page)).StatusCode);
        Assert.Contains(
            $"{Page}#approval-",
            await deciding.GetStringAsync("/portal/approvals"),
            StringComparison.Ordinal
        );
        var shown = await deciding.GetStringAsync(Page);
        foreach (
            var seen in (string[])
                [
                    "A new core switch",
                    "at its end",
                    "Works council",
                    "Swap at midnight",
                    "Ava Approver",
                    "opening.txt",
                    "Approval asked: Works council",
                ]
        )
        {
            Assert.Contains(seen, shown, StringComparison.Ordinal);
        }

        Hides(shown);
        Assert.Equal(HttpStatusCode.NotFound, (await deciding.GetAsync($"{Page}/promises")).StatusCode);

        var wordless = await deciding.PostAsync(Page, "answerApproval", Answer(approval, ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wordless.Status);
        Assert.Contains("Say why you decline.", wordless.Text, StringComparison.Ordinal);
        var strange = await deciding.PostAsync(Page, "comment", ("body", "Hello"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, strange.Status);
        Assert.Contains("only the requester, participants and agents", strange.Text, StringComparison.Ordinal);
        Hides(strange.Text);
        var refused = await deciding.PostAsync(Page, "answerApproval", Answer(approval, "Not at midnight"));
        Assert.Equal(HttpStatusCode.Found, refused.Status);

        var answered = (await scene.NowAsync()).FindApproval(approval)!;
        Assert.Equal((ApprovalState.Declined, "Not at midnight"), (answered.State, answered.Answers[0].Comment));
        var after = await deciding.GetStringAsync(Page);
        Assert.Contains("Not at midnight", after, StringComparison.Ordinal);
        Assert.Contains("Ava Approver declined: Works council", after, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"approves\"", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_the_opening_are_downloaded_and_those_of_answers_are_not()
    {
        await scene.AskAsync();
        using var deciding = scene.Server.ClientOf(scene.Approver);
        using var taking = scene.Server.ClientOf(scene.Participant);

        foreach (var file in (AttachedFile[])[scene.Opening, scene.Answer, scene.Loose])
        {
            var path = $"/files/{scene.Change.Key}/{file.Id}";
            var expected = file == scene.Opening ? HttpStatusCode.OK : HttpStatusCode.NotFound;
            Assert.Equal(expected, (await deciding.GetAsync(path)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await taking.GetAsync(path)).StatusCode);
        }
    }

    [Fact]
    public async Task Another_approval_is_neither_shown_nor_answered()
    {
        await scene.AskAsync();
        await scene.DoAsync(
            new RequestApproval
            {
                Title = "Of the budget",
                CustomersSee = true,
                Steps = [new ApproversAsked([scene.Participant.Id], [], [])],
            }
        );
        var other = (await scene.NowAsync()).Approvals[^1].Id;
        using var deciding = scene.Server.ClientOf(scene.Approver);

        Assert.DoesNotContain("Of the budget", await deciding.GetStringAsync(Page), StringComparison.Ordinal);
        var answer = await deciding.PostAsync(Page, "answerApproval", Answer(other, "Never"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.DoesNotContain("Of the budget", answer.Text, StringComparison.Ordinal);
        Assert.Empty((await scene.NowAsync()).FindApproval(other)!.Answers);
    }

    [Fact]
    public async Task What_happened_while_one_answered_is_on_the_page_that_says_no_or_there_is_none_any_more()
    {
        var approval = await scene.AskAsync();
        using var deciding = scene.Server.ClientOf(scene.Approver);

        scene.BeforeAnswer = () => scene.DoAsync(new EditTicket(Description: "Now with a quote"));
        var refused = await deciding.PostAsync(Page, "answerApproval", Answer(approval, ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Now with a quote", refused.Text, StringComparison.Ordinal);

        scene.BeforeAnswer = () => scene.DoAsync(new WithdrawApproval(approval));
        var late = await deciding.PostAsync(Page, "answerApproval", Answer(approval, "Not at midnight"));
        Assert.Equal(HttpStatusCode.Found, late.Status);
        Assert.DoesNotContain("Now with a quote", late.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_told_of_what_it_shows_and_of_nothing_else()
    {
        await scene.AskAsync();
        var (ticket, viewer) = (await scene.NowAsync(), await scene.Server.ViewerAsync(scene.Approver));
        var snapshot = scene.Server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;

        Assert.True(Tells(new StatusChanged("t", "new", "assessment", StatusCategory.Active, false, null)));
        Assert.True(Tells(Field("implementation-plan")));
        Assert.False(Tells(Field("change-review")));
        Assert.False(Tells(new PublicCommentAdded(1, "Between", false, [])));
        Assert.False(Tells(new FilesAttached([scene.Loose], Visibility.Public)));
        Assert.False(
            new TicketChange(ticket, [], 1) { Configuration = snapshot, MovesExpectation = true }.ConcernsWhatMaySee(
                viewer
            )
        );

        static FieldsChanged Field(string id) =>
            new(ValueMap<FieldValue?>.Empty.SetItem(id, new TextValue("Something else")));

        bool Tells(TicketEvent @event) =>
            new TicketChange(ticket, [@event], 1) { Configuration = snapshot }.ConcernsWhatMaySee(viewer);
    }

    private static void Hides(string shown)
    {
        foreach (
            var hidden in (string[])
                ["Between", "Pat Participant", "Nobody else", "answer.txt", "loose.txt", "id=\"answer\"", "invite"]
        )
        {
            Assert.DoesNotContain(hidden, shown, StringComparison.Ordinal);
        }
    }

    private static (string, string)[] Answer(long approval, string comment) =>
        [("approval", $"{approval}"), ("approves", "false"), ("comment", comment)];
}
