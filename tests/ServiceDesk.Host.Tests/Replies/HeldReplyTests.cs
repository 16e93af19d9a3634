using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Host.Intake.Replies;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Host.Tests.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Conversation;
using ServiceDesk.Storage.Replies;

namespace ServiceDesk.Host.Tests.Replies;

/// <summary>Replies that wait a moment: nothing of one is on the ticket before, it is sent once, and it can be taken back until then.</summary>
public sealed partial class HeldReplyTests(QueueServer own) : IClassFixture<QueueServer>
{
    private HeldReplySender Sender => own.Server.Services.GetRequiredService<HeldReplySender>();

    private IHeldReplies Held => own.Server.Services.GetRequiredService<IHeldReplies>();

    [Fact]
    public async Task A_reply_waits_and_is_then_sent_once_also_by_a_second_sender()
    {
        var (ticket, page) = await OpenAsync("Waits");
        await SendAsync(page, "Dear customer");
        Assert.Empty(await WrittenAsync(ticket));
        var reply = Assert.Single(await Held.OfAsync(own.Agent.Id), one => one.Ticket == ticket.Id);

        // As if it had been sent, and the server had stopped before it could say so.
        Assert.True(await Held.BeginAsync(reply.Token));
        Assert.Null(await Sender.TakeBackAsync(await own.Server.ViewerAsync(own.Agent), reply.Token, default));
        own.Server.Clock.Advance(Duration.FromSeconds(11));
        await Sender.SendDueAsync(default);
        await Held.AddAsync(reply);
        await Sender.SendDueAsync(default);

        Assert.Equal(["Dear customer"], await WrittenAsync(ticket));
        Assert.DoesNotContain(await Held.OfAsync(own.Agent.Id), one => one.Ticket == ticket.Id);
    }

    [Fact]
    public async Task One_that_is_taken_back_is_never_sent_and_stands_in_the_editor_again()
    {
        var (ticket, page) = await OpenAsync("Taken back");
        await SendAsync(page, "Too early");
        var html = await own.AsAgent.GetStringAsync($"/workspace/tickets/{ticket.Key}?lang=en");
        var token = Token().Match(html).Groups["token"].Value;
        Assert.DoesNotContain(
            token,
            await own.AsAdmin.GetStringAsync($"/workspace/tickets/{ticket.Key}"),
            StringComparison.Ordinal
        );

        var asAdmin = new EditorPage(own.AsAdmin, $"/workspace/tickets/{ticket.Key}");
        Assert.Equal(
            HttpStatusCode.Conflict,
            (await asAdmin.PostAsync("TakeBack", null, "en", [("token", token)])).Status
        );
        var (status, after) = await page.PostAsync("TakeBack", null, "en", [("token", token)]);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("\nToo early</textarea>", after, StringComparison.Ordinal);

        own.Server.Clock.Advance(Duration.FromSeconds(11));
        await Sender.SendDueAsync(default);
        Assert.Empty(await WrittenAsync(ticket));
        Assert.Equal(
            HttpStatusCode.Conflict,
            (await page.PostAsync("TakeBack", null, "en", [("token", token)])).Status
        );
    }

    [Fact]
    public async Task Whoever_did_not_see_what_came_reads_first_and_the_text_stays()
    {
        var (ticket, page) = await OpenAsync("Read first");
        var seen = ticket.Version;
        await own.Server.SendAsync(own.Agent, ticket.Id, new AddInternalNote("My own", []));
        var admin = await own.Server.PersonAsync("Other Admin", "administrator");
        await own.Server.SendAsync(admin, ticket.Id, new AddInternalNote("Look here first", []));

        var (status, html) = await ReplyAsync(page, seen);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("1 new message", html, StringComparison.Ordinal);
        Assert.Contains("\nUnaware</textarea>", html, StringComparison.Ordinal);
        var now = long.Parse(
            Seen().Match(html).Groups["seen"].Value,
            System.Globalization.CultureInfo.InvariantCulture
        );
        Assert.Equal(HttpStatusCode.Redirect, (await ReplyAsync(page, now)).Status);
        Assert.Contains("Unaware", await WrittenAsync(ticket));
    }

    private static Task<(HttpStatusCode Status, string Html)> ReplyAsync(EditorPage page, long seen) =>
        page.PostAsync("Comment", null, "en", [("visibility", "Public"), ("body", "Unaware"), ("seen", $"{seen}")]);

    private static async Task SendAsync(EditorPage page, string text)
    {
        var (status, _) = await page.PostAsync(
            "Comment",
            null,
            "en",
            [("visibility", "Public"), ("body", text), ("hold", "true")]
        );
        Assert.Equal(HttpStatusCode.Redirect, status);
    }

    private async Task<IEnumerable<string>> WrittenAsync(TicketState ticket) =>
        (
            await own.Server.Services.GetRequiredService<ITicketConversation>().ReadPublicAsync(ticket.Id)
        ).Comments.Select(comment => comment.Body);

    private async Task<(TicketState Ticket, EditorPage Page)> OpenAsync(string summary)
    {
        var ticket = await own.Server.OpenAsync(own.Agent, summary, desk: "ITSD");
        return (ticket, new EditorPage(own.AsAgent, $"/workspace/tickets/{ticket.Key}"));
    }

    [GeneratedRegex("name=\"token\" value=\"(?<token>[0-9a-f]{32})\"", RegexOptions.None, 1000)]
    private static partial Regex Token();

    [GeneratedRegex("name=\"seen\" value=\"(?<seen>[0-9]+)\"", RegexOptions.None, 1000)]
    private static partial Regex Seen();
}
