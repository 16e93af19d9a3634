using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using ServiceDesk.Host.Tests.Serving;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Tests.Sla;

/// <summary>Two tickets of 20 hours each that are due in 27 working hours, on the whole product: Monday 10:00 in Seoul.</summary>
public sealed class SlaForecastTests(SmallCompany company) : IClassFixture<SmallCompany>
{
    private const string Metric = "time-to-resolution";
    private const string Asked = "/api/v1/sla/forecast?days=5&pace=PT20H&answer=PT1M&desk=ITSD";

    [Fact]
    public async Task What_will_break_is_told_with_its_reason_and_what_would_if_something_were_otherwise()
    {
        var keys = await OfficeAsync();
        var agent = company.Agent.Id.Value;

        var found = await company.AsAgent.GetAsync(Asked).OkAsync();
        var broken = Assert.Single(Of(found["clocks"]!));
        Assert.Equal((keys[1], "load"), ((string)broken["ticket"]!, (string)broken["reason"]!));
        Assert.Equal(("PT27H", agent), ((string)broken["available"]!, (long)broken["owner"]!["person"]!));
        Assert.Equal("PT20H", (string)found["assumptions"]!["pace"]!);
        Assert.Null(found["supposed"]);
        Assert.Equal((int)found["breaks"]!, found["loads"]!.AsArray().Sum(load => (int)load!["breaks"]!));
        Assert.Equal((int)found["breaks"]!, found["days"]!.AsArray().Sum(day => (int)day!["breaks"]!));

        var tuesday = Today().PlusDays(1);
        var off = await company.AsAgent.GetAsync($"{Asked}&off={agent}:{tuesday:uuuu-MM-dd}").OkAsync();
        Assert.Equal([keys[0]], Of(off["supposed"]!["newlyBroken"]!).Select(one => (string)one["ticket"]!));
        var cut = Of(off["supposed"]!["newlyBroken"]!).Single()["cuts"]!.AsArray();
        Assert.True((bool)Assert.Single(cut)!["isAbsence"]!);

        var moved = await company.AsAgent.GetAsync($"{Asked}&move={keys[1]}:{company.OtherAgent.Id}").OkAsync();
        Assert.Equal([keys[1]], Of(moved["supposed"]!["saved"]!).Select(one => (string)one["ticket"]!));

        // It is one question only: nothing was stored.
        Assert.Equal($"{found["breaks"]}", $"{(await company.AsAgent.GetAsync(Asked).OkAsync())["breaks"]}");
        Assert.Empty(await company.Get<IPeopleStore>().AbsencesAsync(company.Agent.Id, Today()));
    }

    [Theory]
    [InlineData("days=21", "days")]
    [InlineData("desk=NONE", "desk")]
    [InlineData("team=77", "team")]
    [InlineData("pace=-1h", "pace")]
    [InlineData("late=never", "late")]
    [InlineData("off=1", "off")]
    [InlineData("off=999:2026-03-02", "off")]
    [InlineData("present=x", "present")]
    [InlineData("more=1:0", "more")]
    [InlineData("works=1:soon", "works")]
    [InlineData("move=ITSD-99999:1", "move")]
    public async Task What_is_not_understood_is_said(string query, string parameter)
    {
        var answer = await company
            .AsAgent.GetAsync($"/api/v1/sla/forecast?{query}")
            .ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(parameter, (string)answer["errors"]![0]!["parameter"]!);
    }

    [Fact]
    public async Task Customers_ask_in_vain_and_may_not_be_named()
    {
        await company.AsCustomer.GetAsync("/api/v1/sla/forecast").ProblemAsync(HttpStatusCode.Forbidden);
        await company
            .AsAgent.GetAsync($"/api/v1/sla/forecast?off={company.Customer.Id}:2026-03-02")
            .ProblemAsync(HttpStatusCode.BadRequest, "sla-forecast.person-unknown");
    }

    private static List<JsonNode> Of(JsonNode clocks) =>
        [.. clocks.AsArray().Select(one => one!).Where(one => (string)one["metric"]! == Metric)];

    private LocalDate Today() => company.Time.Now.InZone(DateTimeZoneProviders.Tzdb["Asia/Seoul"]).Date;

    private async Task<string[]> OfficeAsync()
    {
        var zone = DateTimeZoneProviders.Tzdb["Asia/Seoul"];
        var monday = new LocalDate(2027, 3, 8);
        company.Time.Move(monday.At(new LocalTime(10, 0)).InZoneStrictly(zone).ToInstant() - company.Time.Now);
        var people = company.Get<IPeopleStore>();
        foreach (var person in new[] { company.Agent, company.OtherAgent })
        {
            await people.UpdateAsync(
                person.Id,
                new PersonChange { Work = new PersonWork(null, "korea-office-hours", []) },
                CancellationToken.None
            );
        }

        return [await OpenAsync(), await OpenAsync()];
    }

    private async Task<string> OpenAsync()
    {
        var grains = company.Get<ITicketGrains>();
        var opened = await grains.OpenAsync(
            new CommandEnvelope(
                new OpenTicket(
                    "ITSD",
                    "incident",
                    null,
                    "Takes long",
                    "",
                    company.Customer.Id,
                    null,
                    Priority.Medium,
                    ValueMap<FieldValue>.Empty,
                    Channel.Api
                ),
                Actor.System
            )
        );
        Assert.True(opened.IsAccepted, opened.Refusals.ToString());
        var assigned = await grains.SendAsync(
            opened.Ticket!.State.Id,
            new CommandEnvelope(new AssignTicket(company.Agent.Id, null), Actor.System)
        );
        Assert.True(assigned.IsAccepted, assigned.Refusals.ToString());
        return opened.Ticket.State.Key.ToString();
    }
}
