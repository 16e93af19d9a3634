using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Host.Pages.Prose;
using ServiceDesk.Host.Reactions.Live;
using ServiceDesk.Host.Tests.Pages;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Notifications;

namespace ServiceDesk.Host.Tests.Replies;

/// <summary>Mentions of colleagues, and who else is at a ticket.</summary>
public sealed class MentionTests(QueueServer own) : IClassFixture<QueueServer>
{
    [Fact]
    public async Task A_colleague_who_is_mentioned_is_told_and_watches_from_then_on()
    {
        var ticket = await own.Server.OpenAsync(own.Agent, "Who knows", desk: "ITSD");
        var colleague = await own.Server.PersonAsync("Cora Colleague", "agent");
        var customer = await own.Server.PersonAsync("Carl Customer", "customer");
        var text =
            $"Ask [@Cora Colleague](person:{colleague.Id}) and [@Carl](person:{customer.Id}), not me: [@Alex](person:{own.Agent.Id})";
        await own.Server.SendAsync(own.Agent, ticket.Id, new AddInternalNote(text, []));

        var store = own.Server.Services.GetRequiredService<INotificationStore>();
        await own.Server.UntilAsync(async () => await ToldAsync(store, colleague.Id));
        var grains = own.Server.Services.GetRequiredService<ITicketGrains>();
        await own.Server.UntilAsync(async () =>
            (await grains.GetAsync(ticket.Id))!.State.Watchers.Contains(colleague.Id)
        );
        Assert.False(await ToldAsync(store, customer.Id));
        Assert.False(await ToldAsync(store, own.Agent.Id));
        Assert.DoesNotContain(customer.Id, (await grains.GetAsync(ticket.Id))!.State.Watchers);

        using var found = JsonDocument.Parse(
            await own.AsAgent.GetStringAsync(
                $"/workspace/tickets/{ticket.Key}?handler=Mentions&q=Carl&visibility=Internal&lang=en"
            )
        );
        Assert.Equal(
            "does not see this ticket",
            Assert.Single(found.RootElement.EnumerateArray()).GetProperty("warning").GetString()
        );
    }

    [Theory]
    [InlineData("[@Kim](person:12)", true)]
    [InlineData("[@Kim](person:12a)", false)]
    [InlineData("person:12", false)]
    public void A_mention_is_a_link_to_a_person_and_is_shown_as_a_name(string text, bool isMention)
    {
        Assert.Equal(isMention, MentionedPeople.In(text).Count == 1);
        using var html = new StringWriter();
        ProseRenderer.Render(text, ProseImages.None).WriteTo(html, System.Text.Encodings.Web.HtmlEncoder.Default);
        Assert.Equal(
            isMention,
            html.ToString().Contains("<span class=\"mention\">@Kim</span>", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("<a", html.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agents_see_who_else_is_there_and_who_writes_until_the_page_is_gone()
    {
        var ticket = await own.Server.OpenAsync(own.Agent, "Who is here", desk: "ITSD");
        var colleague = await own.Server.PersonAsync("Vera Visitor", "agent");
        var presence = own.Server.Services.GetRequiredService<Presence>();
        var told = 0;
        using var listening = presence.Listen(changed => told += changed == ticket.Id ? 1 : 0);
        var page = presence.Enter(colleague.Id, ticket.Id, "one");
        Assert.Contains("Vera Visitor is viewing", await SeenAsync(), StringComparison.Ordinal);

        Assert.True(presence.Note(colleague.Id, ticket.Id, "one", PresenceState.Writes));
        Assert.Contains("Vera Visitor is writing", await SeenAsync(), StringComparison.Ordinal);
        own.Server.Clock.Advance(Presence.WritingLasts);
        Assert.Contains("Vera Visitor is viewing", await SeenAsync(), StringComparison.Ordinal);
        presence.Note(colleague.Id, ticket.Id, "one", PresenceState.Away);
        Assert.DoesNotContain("Vera", await SeenAsync(), StringComparison.Ordinal);
        presence.Note(colleague.Id, ticket.Id, "one", PresenceState.Views);

        // The page was drawn again before its old stream ended.
        using var again = presence.Enter(colleague.Id, ticket.Id, "one");
        page.Dispose();
        Assert.Contains("Vera", await SeenAsync(), StringComparison.Ordinal);
        again.Dispose();
        Assert.DoesNotContain("Vera", await SeenAsync(), StringComparison.Ordinal);
        Assert.False(presence.Note(colleague.Id, ticket.Id, "one", PresenceState.Writes));
        Assert.Equal(6, told);

        Task<string> SeenAsync() =>
            own.AsAgent.GetStringAsync($"/workspace/tickets/{ticket.Key}?handler=Presence&lang=en");
    }

    private static async Task<bool> ToldAsync(INotificationStore store, PersonId person) =>
        (await store.ListAsync(person, unreadOnly: false, 20, before: null, default)).Any(one =>
            one.Text.Contains("mentioned", StringComparison.Ordinal)
        );
}
