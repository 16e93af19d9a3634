using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using ServiceDesk.Host.Tests.Fixtures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Tests.Pages;

/// <summary>Queues that people make for themselves and their teams, and how lists are drawn.</summary>
public sealed partial class QueuePageTests
{
    [Fact]
    public async Task What_a_list_shows_becomes_a_queue_of_ones_own_that_nobody_else_sees()
    {
        var ticket = await own.Server.OpenAsync(own.Agent, "Own queue's ticket", desk: "ITSD");
        var list = await own.AsAgent.GetStringAsync(
            "/workspace/ITSD/itsd-open?q=summary+~+queue&group=priority&lang=en"
        );
        Assert.Contains("/workspace/own/edit?query=", list, StringComparison.Ordinal);

        var editor = new EditorPage(own.AsAgent, "/workspace/own/edit");
        var (status, html) = await editor.PostAsync("", null, "en", Said("", "summary ~ ticket ORDER BY nonsense"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("ORDER BY nonsense", html, StringComparison.Ordinal);
        Assert.Contains("in-name-error", html, StringComparison.Ordinal);

        var query = "summary ~ \"queue's\" ORDER BY created";
        (status, _) = await editor.PostAsync("", null, "ko", Said("내 대기열 이름", query));
        Assert.Equal(HttpStatusCode.Redirect, status);
        var made = await MadeAsync("내 대기열 이름");
        var opened = await own.AsAgent.GetStringAsync($"/workspace/own/{made}?lang=ko");
        Assert.Contains(ticket.Key.ToString(), opened, StringComparison.Ordinal);
        Assert.Contains("group-row", opened, StringComparison.Ordinal);
        Assert.Contains(
            "내 대기열 이름",
            await own.AsAgent.GetStringAsync("/workspace/side"),
            StringComparison.Ordinal
        );

        Assert.DoesNotContain(
            "내 대기열 이름",
            await own.AsAdmin.GetStringAsync("/workspace/side"),
            StringComparison.Ordinal
        );
        foreach (var path in (string[])[$"{made}", $"edit/{made}", $"{made}?handler=Export"])
        {
            using var hidden = await own.AsAdmin.GetAsync($"/workspace/own/{path}");
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        }

        using var count = await own.AsAdmin.GetAsync($"/workspace/count?own={made}");
        Assert.Equal(HttpStatusCode.NotFound, count.StatusCode);
        (status, _) = await editor.PostAsync("Remove", $"{made}", "en", []);
        Assert.Equal(HttpStatusCode.Redirect, status);
        Assert.DoesNotContain(
            "내 대기열 이름",
            await own.AsAgent.GetStringAsync("/workspace/side"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_list_is_grouped_and_cut_as_the_address_says_and_counted_while_a_query_is_written()
    {
        foreach (var priority in (Priority[])[Priority.Low, Priority.Critical, Priority.Low])
        {
            var opened = await own.Server.OpenAsync(own.Agent, $"Grouped {priority}", desk: "ITSD");
            await own.Server.SendAsync(own.Agent, opened.Id, new SetPriority(priority));
        }

        var list = await own.AsAgent.GetStringAsync(
            "/workspace/search?q=summary+~+Grouped&group=priority&rows=25&lang=en"
        );
        var groups = list.Split("class=\"group-row\"").Skip(1).Select(part => part.Split("columns=")[0]).ToList();
        Assert.Equal(2, groups.Count);
        Assert.Contains(">Critical<", groups[0], StringComparison.Ordinal);
        Assert.Contains("group=priority&amp;rows=25", list, StringComparison.Ordinal);

        Assert.Contains("3", await CountAsync("summary ~ Grouped"), StringComparison.Ordinal);
        Assert.Contains("1", await CountAsync("summary ~ Grouped AND priority = critical"), StringComparison.Ordinal);
        Assert.Empty(await CountAsync("summary ~ Grouped AND priority = "));

        async Task<string> CountAsync(string query) =>
            (
                await own.AsAgent.GetStringAsync(
                    $"/workspace/count?queue=itsd-open&lang=en&q={Uri.EscapeDataString(query)}"
                )
            ).Trim();
    }

    [Fact]
    public async Task A_list_is_grouped_by_own_fields_in_the_readers_words_with_what_is_not_set_last()
    {
        await WriteAsync(
            """
            kind: field
            id: og-floor
            name: { en: Floor, ko: 층 }
            type: choice
            choices:
              - { id: roof, name: { en: Roof, ko: 옥상 } }
              - { id: cellar, name: { en: Cellar, ko: 지하 } }
            """
        );
        await WriteAsync("kind: field\nid: og-owner\nname: { en: Owner, ko: 주인 }\ntype: person\n");
        await WriteAsync("kind: field\nid: og-vip\nname: { en: Important, ko: 중요 }\ntype: flag\n");
        await OnIncidentsAsync("og-floor", "og-owner", "og-vip");
        var (zoe, abe) = (
            await own.Server.PersonAsync("Zoe Grouped", "agent"),
            await own.Server.PersonAsync("Abe Grouped", "agent")
        );
        await OpenAsync("one", ("og-floor", new ChoiceValue("cellar")), ("og-owner", new PersonValue(zoe.Id)));
        await OpenAsync("two", ("og-owner", new PersonValue(abe.Id)), ("og-vip", new FlagValue(true)));
        await OpenAsync("three", ("og-floor", new ChoiceValue("roof")), ("og-owner", new PersonValue(zoe.Id)));
        await OpenAsync("four", ("og-vip", new FlagValue(true)), ("og-floor", new ChoiceValue("cellar")));

        Assert.Equal(["Roof", "Cellar", "Floor: not set"], await GroupsAsync("og-floor", "en"));
        Assert.Equal(["옥상", "지하", "층: 값 없음"], await GroupsAsync("og-floor", "ko"));
        Assert.Equal(["Abe Grouped", "Zoe Grouped", "Owner: not set"], await GroupsAsync("og-owner", "en"));
        Assert.Equal(["Important: Yes", "Important: not set"], await GroupsAsync("og-vip", "en"));

        // A choice that is offered no more.
        await WriteAsync(
            "kind: field\nid: og-floor\nname: { en: Floor }\ntype: choice\nchoices: [{ id: roof, name: { en: Roof } }]\n"
        );
        Assert.Equal(["Roof", "Floor: no longer offered", "Floor: not set"], await GroupsAsync("og-floor", "en"));

        await WriteAsync(
            "kind: queue\nid: og-queue\nname: Grouped\ndesk: ITSD\nquery: summary ~ Floored\ngroup: field:og-owner\n"
        );
        Assert.Equal(3, Headings(await own.AsAgent.GetStringAsync("/workspace/ITSD/og-queue?lang=en")).Count);
        Assert.Empty(Headings(await own.AsAgent.GetStringAsync("/workspace/ITSD/og-queue?lang=en&group=none")));
        await WriteAsync("kind: field\nid: og-list\nname: { en: List }\ntype: tags\n");
        foreach (var (group, code) in new[] { ("none", "no-such-field"), ("og-list", "no-such-group") })
        {
            var wrong = await EditorAsync(
                $"kind: queue\nid: w\nname: W\ndesk: ITSD\nquery: \"\"\ngroup: field:{group}\n"
            );
            Assert.Equal($"configuration.{code}", Assert.Single(wrong.Problems).Problem.Code);
        }

        async Task<IReadOnlyList<string>> GroupsAsync(string field, string language) =>
            Headings(
                await own.AsAgent.GetStringAsync(
                    $"/workspace/search?q=summary+~+Floored+ORDER+BY+created&group=field:{field}&lang={language}"
                )
            );

        Task OpenAsync(string name, params (string Field, FieldValue Value)[] fields) =>
            own.Server.OpenAsync(
                own.Agent,
                $"Floored {name}",
                desk: "ITSD",
                fields: ValueMap<FieldValue>.From(fields.Select(one => KeyValuePair.Create(one.Field, one.Value)))
            );
    }

    [Fact]
    public async Task A_field_that_is_hidden_groups_no_list_and_where_it_is_hidden_in_a_status_counts_as_not_set()
    {
        foreach (var (id, statuses) in new[] { ("oh-never", ""), ("oh-later", "statuses: [new], ") })
        {
            await WriteAsync(
                $"kind: field\nid: {id}\nname: Word of {id}\ntype: text\n"
                    + $"access: [{{ roles: [agent], {statuses}access: hidden }}]\n"
            );
        }

        await OnIncidentsAsync("oh-never", "oh-later");
        var fields = ValueMap<FieldValue>
            .Empty.SetItem("oh-never", new TextValue("Sesame"))
            .SetItem("oh-later", new TextValue("Sesame"));
        var ticket = await own.Server.OpenAsync(own.Agent, "Whispered", desk: "ITSD", fields: fields);

        foreach (var address in new[] { "/workspace/search?q=summary+~+Whispered", "/workspace/search?q=" })
        {
            var list = await own.AsAgent.GetStringAsync($"{address}&group=field:oh-never&lang=en");
            Assert.Contains(ticket.Key.ToString(), list, StringComparison.Ordinal);
            Assert.Empty(Headings(list));
            Assert.DoesNotContain("Word of oh-never", list, StringComparison.Ordinal);
            Assert.DoesNotContain("Sesame", list, StringComparison.Ordinal);
        }

        var later = await own.AsAgent.GetStringAsync(
            "/workspace/search?q=summary+~+Whispered&group=field:oh-later&lang=en"
        );
        Assert.Equal(["Word of oh-later: not set"], Headings(later));
        var seen = await own.AsAdmin.GetStringAsync(
            "/workspace/search?q=summary+~+Whispered&group=field:oh-never&lang=en"
        );
        Assert.Equal(["Sesame"], Headings(seen));

        using var rest = await own.Server.RestAsync(own.Agent);
        foreach (
            var (group, status) in new[]
            {
                ("oh-later", HttpStatusCode.Created),
                ("oh-never", HttpStatusCode.UnprocessableEntity),
            }
        )
        {
            var body = new
            {
                name = group,
                query = "",
                group = $"field:{group}",
            };
            using var answer = await rest.PostAsJsonAsync("/api/v1/own-queues", body);
            Assert.Equal(status, answer.StatusCode);
        }
    }

    private static IReadOnlyList<string> Headings(string list) =>
        [.. Heading().Matches(list).Select(found => WebUtility.HtmlDecode(found.Groups["heading"].Value))];

    [GeneratedRegex("class=\"group-row\"><th[^>]*>(?<heading>[^<]*)<", RegexOptions.None, 1000)]
    private static partial Regex Heading();

    private async Task OnIncidentsAsync(params string[] fields)
    {
        var type = Editor.YamlOf(DocumentKinds.TicketType, "incident")!;
        var added = string.Concat(fields.Select(field => $"  - {field}\n"));
        await WriteAsync(type.Replace("\nfields:\n", $"\nfields:\n{added}", StringComparison.Ordinal));
    }

    private static (string, string)[] Said(string name, string query) =>
        [("name", name), ("query", query), ("group", "priority"), ("rows", "25")];

    private async Task<string> MadeAsync(string name)
    {
        var side = await own.AsAgent.GetStringAsync("/workspace/side");
        var before = side.Split(name)[0];
        return before[(before.LastIndexOf("/workspace/own/", StringComparison.Ordinal) + 15)..].Split('"')[0];
    }
}
