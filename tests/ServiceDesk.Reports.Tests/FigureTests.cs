using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Reports.Facts;
using ServiceDesk.Reports.Figures;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using IDatabase = ServiceDesk.Storage.Connections.IDatabase;

namespace ServiceDesk.Reports.Tests;

/// <summary>Figures on each database: what they count, for whom, and that each opens exactly what it counts.</summary>
public class FigureTests
{
    public static IEnumerable<object[]> Databases => ReportWorld.Databases;

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Created_and_resolved_count_by_the_days_of_the_zone_and_open_their_tickets(string database)
    {
        await using var world = await ReportWorld.StartAsync(database);
        var first = await world.OpenAsync("First");
        world.Server.Clock.Advance(Duration.FromHours(8));
        var second = await world.OpenAsync("Second", Priority.High);
        await world.ResolveAsync(first);
        await world.CaughtUpAsync();
        var report = Report("created-resolved", days: 2) with { Zone = "Asia/Seoul" };

        var table = await world.TableAsync(world.Agent, report);

        // 09:00 UTC is the second of March in Seoul, eight hours later the third.
        Assert.Equal([1, 0], table.Rows[0].Cells.Select(cell => cell.Value ?? -1));
        Assert.Equal([1, 1], table.Rows[1].Cells.Select(cell => cell.Value ?? -1));
        Assert.Equal([2, 1], table.Total!.Cells.Select(cell => cell.Value ?? -1));
        var (items, count) = await world.CountedAsync(world.Agent, report, table.Rows[1].Cells[0]);
        Assert.Equal((1, second.Key), (count, items[0].Ticket.Key));
        await AgreesAsync(world, report, table);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Every_series_agrees_with_its_lists_by_every_group(string database)
    {
        await using var world = await ReportWorld.StartAsync(database);
        await LiveAsync(world);
        var series = world.Server.Services.GetRequiredService<SeriesCatalog>().All;

        foreach (var one in series)
        {
            foreach (var group in Enum.GetValues<ReportGroup>().Select(Grouping.Word).Append(null))
            {
                var report = Report(one.Id, days: 10) with { GroupBy = group, Query = "priority >= low" };
                await AgreesAsync(world, report, await world.TableAsync(world.Both, report));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Own_fields_tell_figures_apart_as_they_are_now_and_each_opens_its_tickets(string database)
    {
        await using var world = await ReportWorld.StartAsync(database);
        await FieldsAsync(world);
        await world.OpenAsync("Empty");
        var high = await world.OpenWithAsync(
            "High",
            ("told-level", new ChoiceValue("high")),
            ("told-vip", new FlagValue(true)),
            ("told-owner", new PersonValue(world.Agent.Id))
        );
        await world.OpenWithAsync(
            "High too",
            ("told-level", new ChoiceValue("high")),
            ("told-vip", new FlagValue(false))
        );
        var changed = await world.OpenWithAsync("Changed", ("told-level", new ChoiceValue("low")));
        await world.DoAsync(
            changed,
            new EditTicket(Fields: ValueMap<FieldValue?>.Empty.SetItem("told-level", new ChoiceValue("high")))
        );
        await world.CaughtUpAsync();
        var report = Report("created", days: 1) with { Step = ReportStep.Whole, GroupBy = "field:told-level" };

        var levels = await world.TableAsync(world.Agent, report);
        Assert.Equal("Level", levels.Corner);
        Assert.Equal(
            [("High", 3), ("None", 1)],
            levels.Rows.Select(row => (row.Title, (int)row.Cells[0].Value!.Value))
        );
        Assert.Equal(4, levels.Whole.Cells[0].Value);
        var owners = await world.TableAsync(world.Agent, report with { GroupBy = "field:told-owner" });
        Assert.Equal(["Alex Agent", "None"], owners.Rows.Select(row => row.Title).Order(StringComparer.Ordinal));
        var (items, count) = await world.CountedAsync(
            world.Agent,
            report with
            {
                GroupBy = "field:told-owner",
            },
            owners.Rows.Single(row => row.Title == "Alex Agent").Cells[0]
        );
        Assert.Equal((1, high.Key), (count, items[0].Ticket.Key));
        var vips = await world.TableAsync(world.Agent, report with { GroupBy = "field:told-vip" });
        Assert.Equal(["No", "None", "Yes"], vips.Rows.Select(row => row.Title).Order(StringComparer.Ordinal));

        foreach (var series in world.Server.Services.GetRequiredService<SeriesCatalog>().All)
        {
            var one = Report(series.Id, days: 2) with { GroupBy = "field:told-level", Query = "priority >= low" };
            await AgreesAsync(world, one, await world.TableAsync(world.Both, one));
        }
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_field_is_empty_where_its_reader_does_not_see_it_and_one_that_is_always_hidden_is_refused(
        string database
    )
    {
        await using var world = await ReportWorld.StartAsync(database);
        await FieldsAsync(world);
        var fields = new (string, FieldValue)[]
        {
            ("told-later", new ChoiceValue("high")),
            ("told-never", new ChoiceValue("high")),
        };
        await world.OpenWithAsync("New", fields);
        await world.ResolveAsync(await world.OpenWithAsync("Resolved", fields));
        await world.CaughtUpAsync();
        var report = Report("created", days: 1) with { Step = ReportStep.Whole, GroupBy = "field:told-later" };

        var later = await world.TableAsync(world.Agent, report);
        Assert.Equal(
            [("High", 1), ("None", 1)],
            later.Rows.Select(row => (row.Title, (int)row.Cells[0].Value!.Value)).Order()
        );
        var (items, count) = await world.CountedAsync(
            world.Agent,
            report,
            later.Rows[0].Cells[0] with
            {
                Group = "high",
            }
        );
        Assert.Equal((1, "Resolved"), (count, items[0].Ticket.Summary));

        var never = report with { GroupBy = "field:told-never" };
        var refused = await Assert.ThrowsAsync<QueryException>(() => world.TableAsync(world.Agent, never));
        Assert.Equal("reports.refusal.no-field", refused.Error.Code);
        await Assert.ThrowsAsync<QueryException>(() =>
            world.CountedAsync(world.Agent, never, later.Rows[0].Cells[0] with { Group = "high" })
        );
        var admin = await world.Server.PersonAsync("Ada Admin", "administrator");
        Assert.Equal("High", Assert.Single((await world.TableAsync(admin, never)).Rows).Title);
        var offered = world
            .Server.Services.GetRequiredService<ITicketSets>()
            .WordFields(await world.ViewerAsync(world.Agent))
            .Select(field => field.Id)
            .ToList();
        Assert.Contains("told-later", offered);
        Assert.DoesNotContain("told-never", offered);
        Assert.DoesNotContain("told-words", offered);

        using var client = world.Server.ClientOf(world.Agent);
        foreach (var path in new[] { "report?id=tried", "tickets?id=tried&group=high" })
        {
            var page = WebUtility.HtmlDecode(await client.GetStringAsync($"/plugins/reports/{path}&lang=en"));
            Assert.Contains("does not exist or which you may not see", page, StringComparison.Ordinal);
            Assert.DoesNotContain("High", page, StringComparison.Ordinal);
        }

        using var rest = await client.GetAsync("/api/v1/plugins/reports/reports/tried");
        Assert.Equal(HttpStatusCode.BadRequest, rest.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_rebuild_gives_what_was_kept_step_by_step(string database)
    {
        await using var world = await ReportWorld.StartAsync(database);
        await LiveAsync(world);
        var kept = await world.RowsAsync();
        Assert.NotEmpty(kept);

        await world.Server.Services.GetRequiredService<FigureUpkeep>().RebuildAsync(default);
        await world.CaughtUpAsync();

        var rebuilt = await world.RowsAsync();
        Assert.Equal(kept, rebuilt);
    }

    [Fact]
    public async Task A_rebuild_goes_on_after_the_server_stopped()
    {
        await using var world = await ReportWorld.StartAsync();
        await LiveAsync(world);
        var kept = await world.RowsAsync();

        await world.Server.Services.GetRequiredService<FigureUpkeep>().RebuildAsync(default);
        await world.Server.RestartAsync();
        await world.CaughtUpAsync();

        Assert.Equal(kept, await world.RowsAsync());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task An_upgrade_makes_figures_anew_that_an_earlier_version_kept_wrong(string database)
    {
        await using var world = await ReportWorld.StartAsync(database);
        await LiveAsync(world);
        var right = await world.RowsAsync();
        await world
            .Server.Services.GetRequiredService<IPluginTables<ReportTables>>()
            .WriteAsync(
                async (db, token) =>
                {
                    await db.Facts.ExecuteUpdateAsync(row => row.SetProperty(one => one.RequestType, "lost"), token);
                    await db.Tickets.ExecuteUpdateAsync(row => row.SetProperty(one => one.Json, "{}"), token);
                    return true;
                }
            );
        await world
            .Server.Services.GetRequiredService<IDatabase>()
            .WriteAsync(
                (db, token) =>
                    db
                        .Settings.Where(row => row.Owner == "plugin:reports" && row.Name == "tables")
                        .ExecuteUpdateAsync(row => row.SetProperty(one => one.Json, "2"), token)
            );
        Assert.NotEqual(right, await world.RowsAsync());

        await world.Server.RestartAsync();
        await world.CaughtUpAsync();

        Assert.Equal(right, await world.RowsAsync());
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task The_backlog_is_what_was_open_at_the_end_of_each_day(string database)
    {
        await using var world = await ReportWorld.StartAsync(database);
        var first = await world.OpenAsync("First");
        await world.DoAsync(first, new AssignTicket(world.Agent.Id, null));
        world.Server.Clock.Advance(Duration.FromDays(1));
        await world.OpenAsync("Second");
        await world.ResolveAsync(first);
        world.Server.Clock.Advance(Duration.FromDays(1));
        await world.OpenAsync("Third");
        await world.DoAsync(first, new ReopenTicket(null));
        await world.CaughtUpAsync();

        var plain = await world.TableAsync(world.Agent, Report("backlog", days: 3));
        var grouped = await world.TableAsync(world.Agent, Report("backlog", days: 3) with { GroupBy = "assignee" });

        Assert.Equal([1, 1, 3], plain.Rows.Select(row => row.Cells[0].Value ?? -1));
        var mine = grouped.Columns.Index().Single(column => column.Item == "Alex Agent").Index;
        Assert.Equal([1, 0, 1], grouped.Rows.Select(row => row.Cells[mine].Value ?? -1));
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Durations_count_on_the_reports_calendar(string database)
    {
        await using var world = await ReportWorld.StartAsync(database);
        await world.SaveAsync(
            new CalendarDocument
            {
                Id = "mornings",
                Name = LocalizedText.Of("Mornings"),
                Zone = "Etc/UTC",
                Hours = ValueMap<ValueList<WorkSpan>>.Empty.SetItem("monday", [new WorkSpan("09:00", "11:00")]),
            }
        );
        var ticket = await world.OpenAsync("Slow");
        world.Server.Clock.Advance(Duration.FromHours(5));
        await world.ResolveAsync(ticket);
        await world.CaughtUpAsync();
        var all = Report("time-to-resolution", days: 1);
        var working = all with { Id = "working", Calendar = "mornings" };
        await world.SaveAsync(working);
        await ActivatorUtilities.CreateInstance<WorkingTimeJob>(world.Server.Services).RunAsync(default);

        var allTime = await world.TableAsync(world.Agent, all);
        var workingTime = await world.TableAsync(world.Agent, working);

        Assert.Equal(5, Math.Round((allTime.Whole.Cells[0].Value ?? 0) / 3600, 1));
        Assert.Equal(2, Math.Round((workingTime.Whole.Cells[0].Value ?? 0) / 3600, 1));
        Assert.Equal(2, workingTime.Figures.Median / 3600);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Tickets_of_desks_on_which_one_does_not_work_are_counted_nowhere(string database)
    {
        await using var world = await ReportWorld.StartAsync(database);
        await world.OpenAsync("Ours");
        var hidden = await world.OpenAsync("Salary of somebody", desk: "HR");
        await world.CaughtUpAsync();
        var report = Report("created", days: 1) with { GroupBy = "desk" };

        var agents = await world.TableAsync(world.Agent, report);
        var boths = await world.TableAsync(world.Both, report);
        var (items, count) = await world.CountedAsync(world.Agent, report, boths.Whole.Cells[0] with { Group = "HR" });

        Assert.Equal(1, agents.Whole.Cells.Sum(cell => cell.Value));
        Assert.Equal(2, boths.Whole.Cells.Sum(cell => cell.Value));
        Assert.Equal((0, 0), (count, items.Count));
        Assert.DoesNotContain(items, item => item.Ticket.Key == hidden.Key);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_customer_who_may_see_reports_by_mistake_counts_nothing(string database)
    {
        await using var world = await ReportWorld.StartAsync(database);
        await world.OpenAsync("Mine");
        await world.CaughtUpAsync();

        var table = await world.TableAsync(world.Customer, Report("created", days: 1));

        Assert.Equal(0, table.Whole.Cells[0].Value);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_query_narrows_also_by_text_and_a_wrong_one_is_told(string database)
    {
        await using var world = await ReportWorld.StartAsync(database);
        await world.OpenAsync("프린터 오류");
        await world.OpenAsync("Mail is slow");
        await world.CaughtUpAsync();

        var found = await world.TableAsync(world.Agent, Report("created", days: 1) with { Query = "text ~ 오류" });

        Assert.Equal(1, found.Whole.Cells[0].Value);
        var reader = world.Server.Services.GetRequiredService<FigureReader>();
        var series = world.Server.Services.GetRequiredService<SeriesCatalog>().Find("created")!;
        var viewer = await world.ViewerAsync(world.Agent);
        await Assert.ThrowsAsync<QueryException>(() =>
            reader.ReadAsync(
                viewer,
                Report("created", days: 1) with
                {
                    Query = "colour = red",
                },
                series,
                ReportSpan.Of(null, null, 1, DateTimeZone.Utc, Instant.FromUtc(2026, 3, 2, 9, 0))!,
                default
            )
        );
    }

    [Fact]
    public async Task A_series_of_another_plugin_is_counted_when_it_exists()
    {
        var rating = new ReportSeriesDefinition(
            "tests.rating",
            "reports.line.average",
            ReportMeasure.Average,
            recorded => recorded.Event is PublicCommentAdded { ByCustomer: true, Body: ['5', ..] } ? 4.5m : null
        );
        await using var world = await ReportWorld.StartAsync(more: services =>
            services.AddSingleton<IReportSeries>(new OneSeries(rating))
        );
        var ticket = await world.OpenAsync("Rated");
        var customer = await world.Server.SendAsync(world.Customer, ticket.Id, new AddPublicComment("5 stars", []));
        Assert.True(customer.IsAccepted, customer.Refusals.ToString());
        await world.CaughtUpAsync();

        var table = await world.TableAsync(world.Agent, Report("tests.rating", days: 1));

        Assert.Equal(4.5, table.Whole.Cells[0].Value);
        await AgreesAsync(world, Report("tests.rating", days: 1), table);
    }

    [Fact]
    public async Task A_projection_that_fails_again_and_again_rests_and_the_server_goes_on()
    {
        await using var world = await ReportWorld.StartAsync(more: services =>
            services.AddScoped<FactProjection>(_ => throw new InvalidOperationException("Broken."))
        );
        var ticket = await world.OpenAsync("Still taken");
        var plugin = world.Server.Plugins.Find(ReportsPlugin.Id)!;

        await world.Server.UntilAsync(() => Task.FromResult(plugin.Health.IsPaused("projection facts")));

        await world.ResolveAsync(ticket);
    }

    private static async Task FieldsAsync(ReportWorld world)
    {
        var levels = new FieldDocument
        {
            Id = "told-level",
            Name = LocalizedText.Of("Level", "등급"),
            Kind = FieldKind.Choice,
            Choices =
            [
                new FieldChoice("low", LocalizedText.Of("Low", "낮음")),
                new FieldChoice("high", LocalizedText.Of("High", "높음")),
            ],
        };
        var hidden = new FieldAccessRule { Roles = ["agent"], Access = FieldAccess.Hidden };
        FieldDocument[] fields =
        [
            levels,
            levels with
            {
                Id = "told-later",
                Access = [hidden with { Statuses = ["new"] }],
            },
            levels with
            {
                Id = "told-never",
                Access = [hidden],
            },
            levels with
            {
                Id = "told-vip",
                Kind = FieldKind.Flag,
                Choices = [],
            },
            levels with
            {
                Id = "told-owner",
                Kind = FieldKind.Person,
                Choices = [],
            },
            levels with
            {
                Id = "told-words",
                Kind = FieldKind.Text,
                Choices = [],
            },
        ];
        foreach (var field in fields)
        {
            await world.SaveAsync(field);
        }

        var type = world
            .Server.Services.GetRequiredService<IConfigurationReader>()
            .Current.All<TicketTypeDocument>()
            .Single(one => one.Id == "incident");
        await world.SaveAsync(type with { Fields = [.. type.Fields, .. fields.Select(field => field.Id)] });
    }

    private static ReportDocument Report(string series, int days) =>
        new()
        {
            Id = "tried",
            Name = LocalizedText.Of("Tried"),
            Series = series,
            Days = days,
            Zone = "Etc/UTC",
        };

    private static async Task AgreesAsync(ReportWorld world, ReportDocument report, ReportTable table)
    {
        foreach (var cell in table.Rows.Append(table.Whole).SelectMany(row => row.Cells))
        {
            var (items, count) = await world.CountedAsync(world.Both, report, cell);
            Assert.Equal((cell.Count, cell.Count), (count, items.Count));
        }
    }

    // A week of work: tickets of all priorities, assigned, answered, resolved, reopened, moved.
    private static async Task LiveAsync(ReportWorld world)
    {
        var tickets = new List<TicketState>();
        for (var day = 0; day < 6; day++)
        {
            foreach (var priority in Enum.GetValues<Priority>())
            {
                tickets.Add(await world.OpenAsync($"Ticket {day} {priority}", priority));
            }

            await world.DoAsync(tickets[day], new AssignTicket(world.Agent.Id, null));
            await world.DoAsync(tickets[day], new AddPublicComment("We are on it.", []));
            world.Server.Clock.Advance(Duration.FromHours(20));
            await world.ResolveAsync(tickets[day]);
        }

        await world.DoAsync(tickets[0], new ReopenTicket("Again"));
        await world.DoAsync(tickets[0], new SetPriority(Priority.Critical));
        await world.DoAsync(tickets[1], new ReopenTicket(null));
        await world.ResolveAsync(tickets[1]);
        await world.OpenAsync("Elsewhere", desk: "HR");
        await world.CaughtUpAsync();
    }

    private sealed class OneSeries(ReportSeriesDefinition series) : IReportSeries
    {
        public ValueList<ReportSeriesDefinition> All => [series];
    }
}
