using System.Net;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>Opens the tickets of the world by the API, as the agents of its desks do.</summary>
internal sealed class WorldTickets(IsolationWorld world)
{
    public async Task OpenAsync()
    {
        foreach (
            var requester in world.Members.Where(member => member.Title.Contains("requester", StringComparison.Ordinal))
        )
        {
            foreach (var desk in world.Desks.Where(desk => desk.Serves(requester)))
            {
                // One company's ticket is shared with somebody of another company, by an agent's decision.
                var guest = requester.Firm == world.Firms[2] && desk.Key == "BETA" ? Colleague(3) : null;
                world.Add(await OpenAsync(desk, requester, guest, TypeOf(desk, requester)));
            }
        }

        // Who is nobody's colleague has a ticket too, and agents ask on desks where they do not work.
        string[] alone = ["agent", "operator", "clerk"];
        var desks = world.Desks.Single(desk => desk.Key == "ITSD");
        foreach (
            var member in world.Members.Where(m =>
                (m.Firm is null && m.Person.Role == "customer") || alone.Contains(m.Person.Role)
            )
        )
        {
            world.Add(await OpenAsync(desks, member, null));
        }

        // One is kept from colleagues, and one shared with another company by an agent's decision.
        world.Add(await OpenAsync(desks, Colleague(0), null, isPrivate: true));
        world.Add(await OpenAsync(desks, Colleague(2), null, sharedWith: [world.Firms[3]]));

        // So that everybody has a ticket to look at.
        world.Add(await OpenAsync(desks, Colleague(1), null));

        await LinkAsync();
        await MoveAsync();
        await DeclareAsync();
    }

    // Companies have changes and a problem besides their incidents.
    private string TypeOf(Counter desk, Member requester) =>
        requester.Firm == world.Firms[1] ? "change"
        : requester.Firm == world.Firms[2] && desk.Key == "ITSD" ? "problem"
        : "incident";

    // Between desks and between companies, also with words that customers read at their end.
    private async Task LinkAsync()
    {
        await LinkAsync("relates", Of(0, "ALFA"), Of(0, "ITSD"));
        await LinkAsync("relates", Of(2, "BETA"), Of(3, "BETA"));
        await LinkAsync("causes", Of(1, "ALFA"), Of(0, "ALFA"));
        await LinkAsync("causes", Of(2, "ITSD"), Of(0, "ITSD"));

        Errand Of(int firm, string desk) =>
            world.Tickets.First(one => one.Requester.Firm == world.Firms[firm] && one.At.Key == desk);
    }

    private async Task LinkAsync(string type, Errand from, Errand to)
    {
        var api = world.Admin.Api;
        await api.PostAsync(
                $"/api/v1/plugins/links/tickets/{from.Key}/links",
                new
                {
                    type,
                    direction = type == "relates" ? "both" : "outward",
                    other = to.Key,
                }
            )
            .OkAsync();
        await world.UntilAsync(async () =>
            (await api.GetAsync($"/api/v1/plugins/links/tickets/{to.Key}").OkAsync())
                .ToJsonString()
                .Contains(from.Key, StringComparison.Ordinal)
        );
        world.Add(new Joint(from, type, to));
    }

    private Member Colleague(int firm) =>
        world.Members.Single(m =>
            m.Firm == world.Firms[firm] && m.Title.Contains("colleague", StringComparison.Ordinal)
        );

    private async Task<Errand> OpenAsync(
        Counter desk,
        Member requester,
        Member? guest,
        string type = "incident",
        bool isPrivate = false,
        IReadOnlyList<Firm>? sharedWith = null
    )
    {
        var agent = world.Members.Single(m => m.Person.Role == "agent" && m.WorksAt.Contains(desk));
        var title = $"of the ticket of {requester.Title} on {desk.Key}";
        Errand? made = null;
        var open = Words(
            title,
            ["summary", "description", "field", "comment", "file", "content"],
            m => WhoMaySee.Ticket(m, made!)
        );
        var closed = Words(
            title,
            ["hidden field", "note", "label", "external id", "internal file", "internal content"],
            m => WhoMaySee.Internals(m, made!)
        );
        var team = (await world.Get<IPeopleStore>().FindTeamAsync(world.TeamOf(desk.Key)))!.Id.Value;
        var ticket = await agent
            .Api.PostAsync(
                "/api/v1/tickets",
                new
                {
                    desk = desk.Key,
                    type,
                    summary = $"Summary {open["summary"]}",
                    description = $"Words {open["description"]}",
                    requester = requester.Person.Id.Value,
                    labels = new[] { closed["label"] },
                    externalId = closed["external id"],
                    fields = Fields(type, open["field"], closed["hidden field"]),
                    team,
                    assignee = agent.Person.Id.Value,
                    @private = isPrivate,
                    sharedWith = (sharedWith ?? []).Select(firm => firm.Row.Key),
                }
            )
            .OkAsync(HttpStatusCode.Created);
        var key = (string)ticket["key"]!;
        await agent
            .Api.PostAsync($"/api/v1/tickets/{key}/comments", new { body = $"Answer {open["comment"]}" })
            .OkAsync(HttpStatusCode.Created);
        await world
            .Admin.Api.PostAsync(
                $"/api/v1/tickets/{key}/comments",
                new { body = $"Note {closed["note"]}", visibility = "internal" }
            )
            .OkAsync(HttpStatusCode.Created);
        var secret = Words(title, ["secret field", "late field"], m => m.Person.Role == "administrator");
        await EditAsync(
            key,
            world.Admin,
            ValueMap<FieldValue?>
                .Empty.SetItem(WorldDocuments.SecretField, new TextValue(secret["secret field"]))
                .SetItem(WorldDocuments.LateField, new TextValue(secret["late field"]))
        );
        if (guest is not null)
        {
            await InviteAsync(key, agent, guest);
        }

        return made = new Errand(key, desk, requester, guest is null ? [] : [guest], [agent])
        {
            Type = type,
            IsPrivate = isPrivate,
            SharedWith = sharedWith ?? [],
            Public = open,
            Internal = closed,
            PublicFile = await AttachAsync(agent, key, open["file"], open["content"], "public"),
            InternalFile = await AttachAsync(
                world.Admin,
                key,
                closed["internal file"],
                closed["internal content"],
                "internal"
            ),
        };
    }

    private static Dictionary<string, object> Fields(string type, string shown, string hidden)
    {
        var fields = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [WorldDocuments.ShownField] = shown,
            [WorldDocuments.HiddenField] = hidden,
        };
        if (type == "change")
        {
            (fields["planned-start"], fields["planned-end"]) = ("2026-03-07T13:00:00Z", "2026-03-07T15:00:00Z");
        }

        return fields;
    }

    private Dictionary<string, string> Words(string title, string[] parts, Func<Member, bool> maySee) =>
        parts.ToDictionary(part => part, part => world.Word($"the {part} {title}", maySee), StringComparer.Ordinal);

    private static async Task<long> AttachAsync(Member by, string key, string name, string content, string visibility)
    {
        using var body = new StringContent($"This file says {content}.");
        body.Headers.ContentType = new("application/octet-stream");
        var answer = await by
            .Api.PostAsync($"/api/v1/tickets/{key}/attachments?name={name}.txt&visibility={visibility}", body)
            .OkAsync(HttpStatusCode.Created);
        return (long)answer["items"]![0]!["id"]!;
    }

    private Task InviteAsync(string key, Member agent, Member guest) =>
        SendAsync(key, agent, new AddParticipants([guest.Person.Id]));

    private Task EditAsync(string key, Member by, ValueMap<FieldValue?> fields) =>
        SendAsync(key, by, new EditTicket(null, null, fields, null));

    private async Task SendAsync(string key, Member by, TicketCommand command)
    {
        Assert.True(TicketKey.TryParse(key, out var parsed));
        var viewer = (await world.Get<IViewers>().OfAsync(by.Person.Id))!;
        var found = await world.Get<Sdk.Queries.ITicketQueries>().FindByKeyAsync(viewer, parsed);
        var answer = await world.Get<ITicketGrains>().SendAsync(found!.State.Id, CommandEnvelope.By(viewer, command));
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
    }

    // Its first desk's agents lose sight of it, also by its former key.
    private async Task MoveAsync()
    {
        var from = world.Desks.Single(desk => desk.Key == "ALFA");
        var to = world.Desks.Single(desk => desk.Key == "ITSD");
        var requester = world.Members.First(m => m.Firm == world.Firms[1]);
        var opened = await OpenAsync(from, requester, null);
        var viewer = (await world.Get<IViewers>().OfAsync(world.Admin.Person.Id))!;
        Assert.True(TicketKey.TryParse(opened.Key, out var parsed));
        var found = await world.Get<Sdk.Queries.ITicketQueries>().FindByKeyAsync(viewer, parsed);
        var answer = await world
            .Get<ITicketGrains>()
            .SendAsync(
                found!.State.Id,
                new CommandEnvelope(new MoveTicket("ITSD", null), Actor.Of(viewer.Person.Id)) { Viewer = viewer }
            );
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        var moved = opened with
        {
            Key = answer.Ticket!.State.Key.ToString(),
            At = to,
            Agents = [.. opened.Agents, world.Admin],
        };
        foreach (var (part, word) in opened.Public)
        {
            world.Replace(word, $"the {part} of the moved ticket", m => WhoMaySee.Ticket(m, moved));
        }

        foreach (var (part, word) in opened.Internal)
        {
            world.Replace(word, $"the {part} of the moved ticket", m => WhoMaySee.Internals(m, moved));
        }

        world.Add(moved);
        world.HasMoved(opened.Key, moved);
    }

    // What is told to all customers of a desk is told to no others.
    private async Task DeclareAsync()
    {
        var ticket = world.Tickets.First(one => one.At.Key == "ALFA");
        var notice = world.Word(
            "the notice of a major incident",
            m => m.WorksAt.Contains(ticket.At) || ticket.At.Serves(m)
        );
        world.HasDeclared(ticket, notice);
        await world
            .Admin.Api.SendAsync(
                Answers.Request(
                    HttpMethod.Put,
                    $"/api/v1/plugins/incidents/tickets/{ticket.Key}/major",
                    new { notice = $"Known: {notice}" }
                )
            )
            .OkAsync();
    }
}
