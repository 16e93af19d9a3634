using System.Net;
using System.Text;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Sla.Versions;
using ServiceDesk.Host.Tests.Isolation;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Sla;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Tests.Sla;

/// <summary>What becomes of clocks that run when a policy or calendar is written past the drafts: chosen where it can be, and kept as a choice everywhere.</summary>
public sealed class RunningClockChoiceTests(SmallCompany company) : IClassFixture<SmallCompany>
{
    [Fact]
    public async Task A_put_takes_the_choice_and_one_without_is_kept_as_for_new_tickets_only()
    {
        const string path = "/api/v1/configuration/sla-policy/choice-put";
        await PutAsync(path, Policy("choice-put", 8)).OkAsync(HttpStatusCode.Created);
        Assert.Empty(await ChosenAsync(DocumentKinds.SlaPolicy, "choice-put"));
        var ticket = await OpenAsync("choice-put");

        await PutAsync(path, Policy("choice-put", 7)).OkAsync();
        await ClockIsAsync(ticket, "choice-put", (1, Duration.FromHours(8)));
        await PutAsync($"{path}?mode=keep-elapsed", Policy("choice-put", 6)).OkAsync();
        await ClockIsAsync(ticket, "choice-put", (3, Duration.FromHours(6)));

        Assert.Equal(
            [(3, ChangeoverMode.KeepElapsed, company.Admin.Id), (2, ChangeoverMode.NewTicketsOnly, company.Admin.Id)],
            await ChosenAsync(DocumentKinds.SlaPolicy, "choice-put")
        );
        // What stands there already has no new version that a clock could take; who says the same once more was heard.
        await PutAsync($"{path}?mode=recompute", Policy("choice-put", 6))
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "sla-version.mode-unheard");
        await PutAsync($"{path}?mode=keep-elapsed", Policy("choice-put", 6)).OkAsync();
        await PutAsync($"{path}?mode=new-tickets-only", Policy("choice-put", 6)).OkAsync();
        Assert.Equal(2, (await ChosenAsync(DocumentKinds.SlaPolicy, "choice-put")).Count);
        await PutAsync($"{path}?mode=soon", Policy("choice-put", 5))
            .ProblemAsync(HttpStatusCode.BadRequest, "sla-version.mode-wrong");
        await PutAsync("/api/v1/configuration/desk/ITSD?mode=recompute", new { name = "Desk" })
            .ProblemAsync(HttpStatusCode.BadRequest, "sla-version.mode-of-others");
    }

    [Fact]
    public async Task A_calendar_and_the_holidays_of_a_file_reach_running_clocks_when_that_is_chosen()
    {
        const string path = "/api/v1/calendars/choice-calendar";
        await PutAsync(path, Calendar).OkAsync(HttpStatusCode.Created);
        await PutAsync("/api/v1/configuration/sla-policy/choice-hours", Policy("choice-hours", 80, "choice-calendar"))
            .OkAsync(HttpStatusCode.Created);
        var ticket = await OpenAsync("choice-hours");

        await ImportAsync($"{path}/import?mode=never", "2031-01-01,Off")
            .ProblemAsync(HttpStatusCode.BadRequest, "sla-version.mode-wrong");
        await ImportAsync($"{path}/import", "2031-01-01,Off").OkAsync();
        await CalendarIsAsync(ticket, 1);
        await ImportAsync($"{path}/import?mode=recompute", "2031-01-02,Off too").OkAsync();
        await CalendarIsAsync(ticket, 3);
        await PutAsync($"{path}?mode=keep-elapsed", Calendar).OkAsync();
        await CalendarIsAsync(ticket, 4);

        Assert.Equal(
            [ChangeoverMode.KeepElapsed, ChangeoverMode.Recompute, ChangeoverMode.NewTicketsOnly],
            (await ChosenAsync(DocumentKinds.Calendar, "choice-calendar")).Select(one => one.Mode)
        );
    }

    [Fact]
    public async Task The_page_of_imports_asks_and_a_holiday_of_tomorrow_reaches_running_clocks()
    {
        await PutAsync("/api/v1/calendars/choice-page", Calendar).OkAsync(HttpStatusCode.Created);
        await PutAsync("/api/v1/configuration/sla-policy/choice-page", Policy("choice-page", 80, "choice-page"))
            .OkAsync(HttpStatusCode.Created);
        var ticket = await OpenAsync("choice-page");
        var due = (await ClockAsync(ticket, "choice-page")).DueAt;
        var tomorrow = company.Time.Now.InUtc().Date.PlusDays(1);
        var browser = BrowserSession.Of(company);
        await browser.SignInAsync(company.Admin.Email);
        KeyValuePair<string, string>[] looked =
        [
            new("text", $"{tomorrow:uuuu-MM-dd},Moving house"),
            new("version", "1"),
        ];

        using var preview = await browser.PostAsync(Import("Preview"), looked);
        Assert.Contains(
            "name=\"mode\" value=\"keep-elapsed\"",
            await preview.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        using var unclear = await browser.PostAsync(Import("Take"), [.. looked, new("take", "1")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unclear.StatusCode);
        using var done = await browser.PostAsync(
            Import("Take"),
            [.. looked, new("take", "1"), new("mode", "keep-elapsed")]
        );
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);

        await CalendarIsAsync(ticket, 2);
        Assert.Equal(due + Duration.FromHours(24), (await ClockAsync(ticket, "choice-page")).DueAt);

        static string Import(string handler) => $"/administration/calendars/import/choice-page?handler={handler}";
    }

    [Fact]
    public async Task Going_back_takes_the_choice_and_the_page_asks_for_it_first()
    {
        const string path = "/api/v1/configuration/sla-policy/choice-going";
        await PutAsync(path, Policy("choice-going", 8)).OkAsync(HttpStatusCode.Created);
        await PutAsync(path, Policy("choice-going", 2)).OkAsync();
        var ticket = await OpenAsync("choice-going");
        await ClockIsAsync(ticket, "choice-going", (2, Duration.FromHours(2)));

        await BackAsync("1/rollback?mode=soon").ProblemAsync(HttpStatusCode.BadRequest, "sla-version.mode-wrong");
        await BackAsync("1/rollback?mode=keep-elapsed").OkAsync();
        await ClockIsAsync(ticket, "choice-going", (3, Duration.FromHours(8)));
        await BackAsync("1/rollback?mode=recompute")
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "sla-version.mode-unheard");

        company.Time.Move(Duration.FromHours(3));
        var browser = BrowserSession.Of(company);
        await browser.SignInAsync(company.Admin.Email);
        await company.UntilAsync(async () =>
        {
            using var asked = await browser.PostAsync(Back, [new("to", "2")]);
            Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
            var html = await asked.Content.ReadAsStringAsync();
            Assert.Contains("name=\"mode\" value=\"recompute\"", html, StringComparison.Ordinal);
            Assert.Contains("PT2H", html, StringComparison.Ordinal);
            // The clock that runs would be late.
            return html.Contains("1 would be breached at once", StringComparison.Ordinal);
        });
        await ClockIsAsync(ticket, "choice-going", (3, Duration.FromHours(8)));
        using var done = await browser.PostAsync(
            Back,
            [new("to", "2"), new("mode", "recompute"), new("comment", "Too long")]
        );
        Assert.Equal(HttpStatusCode.Redirect, done.StatusCode);

        await ClockIsAsync(ticket, "choice-going", (4, Duration.FromHours(2)));
        Assert.Equal(
            [ChangeoverMode.Recompute, ChangeoverMode.KeepElapsed, ChangeoverMode.NewTicketsOnly],
            (await ChosenAsync(DocumentKinds.SlaPolicy, "choice-going")).Select(one => one.Mode)
        );

        Task<HttpResponseMessage> BackAsync(string version) =>
            company.AsAdmin.SendAsync(Answers.Request(HttpMethod.Post, $"{path}/versions/{version}", new { }));
    }

    private const string Back = "/administration/configuration/sla-policy/choice-going?handler=RollBack";

    [Fact]
    public async Task What_is_rolled_back_or_imported_without_a_person_is_kept_as_for_new_tickets_only()
    {
        const string path = "/api/v1/configuration/sla-policy/choice-back";
        await PutAsync(path, Policy("choice-back", 8)).OkAsync(HttpStatusCode.Created);
        await PutAsync(path, Policy("choice-back", 7)).OkAsync();
        var editor = company.Get<IConfigurationEditor>();

        var back = await editor.RollBackAsync(
            DocumentKinds.SlaPolicy,
            "choice-back",
            1,
            null,
            new ConfigurationAuthor(company.Admin.Id, null, "Back")
        );
        Assert.Equal(ConfigurationStatus.Written, back.Status);
        var yaml = editor.YamlOf(DocumentKinds.SlaPolicy, "choice-back")!;
        var imported = await editor.ImportAsync(
            [
                new ConfigurationFile(
                    ConfigurationFolder.PathOf(DocumentKinds.SlaPolicy, "choice-back"),
                    yaml.Replace("PT8H", "PT9H", StringComparison.Ordinal)
                ),
            ],
            new ConfigurationImport { KeepOthers = true },
            new ConfigurationAuthor(null, "command-line", null)
        );
        Assert.Equal(ConfigurationStatus.Written, imported.Status);

        Assert.Equal(
            [
                (4, ChangeoverMode.NewTicketsOnly, null),
                (3, ChangeoverMode.NewTicketsOnly, company.Admin.Id),
                (2, ChangeoverMode.NewTicketsOnly, company.Admin.Id),
            ],
            await ChosenAsync(DocumentKinds.SlaPolicy, "choice-back")
        );
        var told = (await company.AsAdmin.GetAsync("/api/v1/sla/changeovers").OkAsync())["items"]!
            .AsArray()
            .First(one => (string)one!["document"]! == "choice-back")!;
        Assert.Equal((4, null, "new-tickets-only"), ((int)told["version"]!, (long?)told["by"], (string)told["mode"]!));
    }

    private static readonly object Calendar = new
    {
        name = "Whole days",
        zone = "Etc/UTC",
        hours = new Dictionary<string, object[]>(
            new[] { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" }.Select(day =>
                KeyValuePair.Create<string, object[]>(day, [new { from = "00:00", to = "24:00" }])
            )
        ),
    };

    private static object Policy(string id, int hours, string calendar = "24x7") =>
        new
        {
            name = id,
            query = $"labels = {id}",
            order = 1,
            metrics = new[]
            {
                new
                {
                    id,
                    name = id,
                    start = new[] { new { query = $"labels = {id}" } },
                    stop = new[] { new { on = "resolved" } },
                    goals = new[] { new { target = $"PT{hours}H", calendar } },
                },
            },
        };

    private Task<HttpResponseMessage> PutAsync(string path, object body) =>
        company.AsAdmin.SendAsync(Answers.Request(HttpMethod.Put, path, body));

    private Task<HttpResponseMessage> ImportAsync(string path, string lines) =>
        company.AsAdmin.PostAsync(path, new StringContent(lines, Encoding.UTF8, "text/csv"));

    private async Task<IReadOnlyList<(int Version, ChangeoverMode Mode, PersonId? By)>> ChosenAsync(
        string kind,
        string id
    ) =>
        [
            .. (await company.Get<ISlaChangeovers>().ListAsync(kind, id, 10, default)).Select(one =>
                (one.Version, one.Mode, one.By)
            ),
        ];

    private async Task<TicketId> OpenAsync(string label)
    {
        var command = new OpenTicket(
            "ITSD",
            "incident",
            null,
            $"Of {label}",
            "",
            company.Customer.Id,
            null,
            null,
            ValueMap<FieldValue>.Empty,
            Channel.Api
        )
        {
            Then = [new EditTicket(Labels: [label])],
        };
        var answer = await company.Get<ITicketGrains>().OpenAsync(new CommandEnvelope(command, Actor.System));
        Assert.True(answer.IsAccepted, answer.Refusals.ToString());
        return answer.Ticket!.State.Id;
    }

    private async Task<SlaClock> ClockAsync(TicketId ticket, string metric)
    {
        await company.Get<ChangeoverJob>().RoundAsync(CancellationToken.None);
        return (await company.Get<ITicketGrains>().GetAsync(ticket))!.Clocks.Single(one => one.Metric == metric);
    }

    private async Task ClockIsAsync(TicketId ticket, string metric, (int Version, Duration Target) wanted)
    {
        var clock = await ClockAsync(ticket, metric);
        Assert.Equal(wanted, (clock.Policy.Version, clock.Target));
    }

    private async Task CalendarIsAsync(TicketId ticket, int version)
    {
        await company.Get<ChangeoverJob>().RoundAsync(CancellationToken.None);
        var clocks = (await company.Get<ITicketGrains>().GetAsync(ticket))!.Clocks;
        Assert.Equal(
            version,
            clocks.Single(one => one.Calendar.Id.StartsWith("choice", StringComparison.Ordinal)).Calendar.Version
        );
    }
}
