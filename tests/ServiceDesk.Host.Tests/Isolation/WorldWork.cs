using System.Net;
using System.Text;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>Something that is kept for few.</summary>
/// <param name="Word">The word in it.</param>
/// <param name="For">Who reads it.</param>
/// <param name="Places">Where each of them does.</param>
public sealed record Kept(string Word, Func<Member, bool> For, IReadOnlyList<string> Places);

/// <summary>What agents keep for themselves (own queues and macros, drafts, searches), the tasks and libraries of their desks, and who is invited.</summary>
internal sealed class WorldWork(IsolationWorld world)
{
    public async Task WriteAsync()
    {
        foreach (var agent in world.Members.Where(member => member.Person.Role == "agent"))
        {
            await KeepAsync(agent);
        }

        foreach (var ticket in world.Tickets)
        {
            await TaskAsync(ticket);
        }

        foreach (var desk in world.Desks)
        {
            await LibraryAsync(desk);
        }

        foreach (var (place, firm) in world.Firms.Index())
        {
            await InviteAsync(place, firm);
        }
    }

    private async Task KeepAsync(Member agent)
    {
        string Own(string what, params string[] places) =>
            Word($"the {what} of {agent.Title}", member => member == agent, places);

        await PostAsync(
            agent,
            "/api/v1/own-queues",
            new { name = $"Mine {Own("own queue", "/api/v1/own-queues/")}", query = "category != done" }
        );
        await PostAsync(
            agent,
            "/api/v1/own-macros",
            new
            {
                name = $"Mine {Own("own macro", "/api/v1/own-macros/", "/account/macros")}",
                @do = new[] { new { @do = "raise" } },
            }
        );
        var ticket = world.Tickets.First(one => agent.WorksAt.Contains(one.At));
        using var draft = Answers.Request(
            HttpMethod.Put,
            $"/api/v1/tickets/{ticket.Key}/drafts/internal",
            new { text = $"Half {Own("draft", "/workspace/tickets/{key}")}" }
        );
        await SentAsync(agent.Api.SendAsync(draft));
        await SentAsync(agent.Pages.GetAsync($"/workspace/search?q={Own("recent search", "/workspace/search")}"));
    }

    // Steps on the way are the desk's own.
    private async Task TaskAsync(Errand ticket) =>
        await PostAsync(
            world.Admin,
            $"/api/v1/tickets/{ticket.Key}/tasks",
            new
            {
                text = Word(
                    $"the task of the ticket {ticket.Key}",
                    member => WhoMaySee.Internals(member, ticket),
                    "/workspace/tickets/{key}",
                    "/api/v1/tickets/{key}/tasks/"
                ),
            }
        );

    // Names, descriptions and contents alike: customers see none of them, nor do agents of other desks.
    private async Task LibraryAsync(Counter desk)
    {
        string Kept(string what) =>
            Word(
                $"the {what} of the file in the library of {desk.Key}",
                member => member.WorksAt.Contains(desk),
                "/api/v1/desks/{desk}/files/"
            );

        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(desk.Key));
        var upload = await world
            .Admin.Api.PostAsync($"/api/v1/files?name={Kept("file name")}.txt", content)
            .OkAsync(HttpStatusCode.Created);
        await PostAsync(
            world.Admin,
            $"/api/v1/desks/{desk.Key}/files",
            new
            {
                name = $"Guide {Kept("name")}",
                description = Kept("description"),
                file = (long)upload["id"]!,
            }
        );
    }

    private async Task InviteAsync(int place, Firm firm)
    {
        string Invited(string what) =>
            Word(
                $"the {what} of who is invited to company {place}",
                member => member.ManagesPeople,
                "/administration/invitations"
            );

        await PostAsync(
            world.Admin,
            "/api/v1/invitations",
            new
            {
                email = $"{Invited("address")}@example.com",
                name = $"{Invited("name")} Doe",
                role = "customer",
                organizations = new[] { firm.Row.Key },
                days = 7,
            }
        );
    }

    private string Word(string what, Func<Member, bool> maySee, params string[] places)
    {
        var word = world.Word(what, maySee);
        world.Add(new Kept(word, maySee, places));
        return word;
    }

    private static Task PostAsync(Member by, string path, object body) =>
        SentAsync(by.Api.SendAsync(Answers.Request(HttpMethod.Post, path, body)));

    private static async Task SentAsync(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }
}
