using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Testing;

namespace ServiceDesk.Host.Tests.Plugins;

public sealed class TablesTests : IAsyncLifetime
{
    private readonly PluginYard yard = new("good");
    private IReadOnlyList<PluginTables> declared = [];
    private ServiceDeskServer server = null!;

    public async Task InitializeAsync()
    {
        declared = [Tables<FirstTally>(options => new FirstTally(options))];
        server = await ServiceDeskServer.StartAsync(
            new ServerSetup
            {
                PluginFolder = yard.Installed,
                Adjust = builder =>
                {
                    foreach (var tables in declared)
                    {
                        builder.Services.AddSingleton(tables);
                    }
                },
            }
        );
    }

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        yard.Dispose();
    }

    [Fact]
    public async Task Tables_are_made_with_the_plugins_prefix_written_and_read()
    {
        var tables = Of<FirstTally>(options => new FirstTally(options));

        await AddAsync(tables, "ITSD-1");
        await AddAsync(tables, "ITSD-2");

        Assert.Equal(2, await tables.ReadAsync((db, token) => db.Set<TallyRow>().CountAsync(token)));
        Assert.Equal(
            "plugin_good_tally",
            await tables.ReadAsync(
                (db, _) => Task.FromResult(db.Model.FindEntityType(typeof(TallyRow))!.GetTableName())
            )
        );
    }

    [Fact]
    public async Task What_throws_while_writing_leaves_nothing()
    {
        var tables = Of<FirstTally>(options => new FirstTally(options));

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            tables.WriteAsync<int>(
                async (db, token) =>
                {
                    db.Add(new TallyRow { Ticket = "ITSD-1" });
                    await db.SaveChangesAsync(token);
                    throw new InvalidOperationException("Half-way.");
                }
            )
        );

        Assert.Equal(0, await tables.ReadAsync((db, token) => db.Set<TallyRow>().CountAsync(token)));
    }

    [Fact]
    public async Task An_upgrade_keeps_the_rows_and_runs_once()
    {
        await AddAsync(Of<FirstTally>(options => new FirstTally(options)), "ITSD-1");
        declared = [Tables<SecondTally>(options => new SecondTally(options), new AddsWord())];

        await server.RestartAsync();
        await server.RestartAsync();

        var row = await Of<SecondTally>(options => new SecondTally(options))
            .ReadAsync((db, token) => db.Set<TallyRow>().SingleAsync(token));
        Assert.Equal(("ITSD-1", "thanks"), (row.Ticket, row.Word));
        Assert.Equal(PluginLoadState.Loaded, server.Plugins.Find("good")!.State);
    }

    [Fact]
    public async Task Tables_that_cannot_be_upgraded_crash_the_plugin_not_the_server()
    {
        declared = [Tables<SecondTally>(options => new SecondTally(options), new Impossible())];

        await server.RestartAsync();

        var plugin = server.Plugins.Find("good")!;
        Assert.Equal(PluginLoadState.Crashed, plugin.State);
        Assert.Equal("plugins.reason.tables", plugin.Reason!.Code);
        Assert.False(plugin.IsActive);
    }

    [Fact]
    public async Task Tables_of_a_newer_version_of_the_plugin_are_left_alone()
    {
        declared = [Tables<SecondTally>(options => new SecondTally(options), new AddsWord())];
        await server.RestartAsync();
        declared = [Tables<FirstTally>(options => new FirstTally(options))];
        await server.RestartAsync();

        Assert.Equal(PluginLoadState.Crashed, server.Plugins.Find("good")!.State);
    }

    private static Task<int> AddAsync<TContext>(IPluginTables<TContext> tables, string ticket)
        where TContext : PluginDbContext =>
        tables.WriteAsync(
            (db, _) =>
            {
                db.Add(new TallyRow { Ticket = ticket });
                return Task.FromResult(0);
            }
        );

    private IPluginTables<TContext> Of<TContext>(Func<DbContextOptions<TContext>, TContext> create)
        where TContext : PluginDbContext
    {
        var contents = Builder.Contents();
        Builder.Of(contents).AddTables(create);
        var services = contents.Services;
        services.AddSingleton(server.Services.GetRequiredService<IPluginDatabase>());
        return services.BuildServiceProvider().GetRequiredService<IPluginTables<TContext>>();
    }

    private static PluginTables Tables<TContext>(
        Func<DbContextOptions<TContext>, TContext> create,
        params PluginTableUpgrade[] upgrades
    )
        where TContext : PluginDbContext
    {
        var contents = Builder.Contents();
        Builder.Of(contents).AddTables(create, upgrades);
        return contents.Services.BuildServiceProvider().GetRequiredService<PluginTables>();
    }

    private sealed class TallyRow
    {
        public string Ticket { get; set; } = "";
        public string? Word { get; set; }
    }

    private sealed class FirstTally(DbContextOptions options) : PluginDbContext(options, "good")
    {
        protected override void Describe(ModelBuilder model) =>
            model.Entity<TallyRow>(row =>
            {
                row.ToTable("tally").HasKey(tally => tally.Ticket);
                row.Ignore(tally => tally.Word);
            });
    }

    private sealed class SecondTally(DbContextOptions options) : PluginDbContext(options, "good")
    {
        protected override void Describe(ModelBuilder model) =>
            model.Entity<TallyRow>().ToTable("tally").HasKey(tally => tally.Ticket);
    }

    private sealed class AddsWord : PluginTableUpgrade
    {
        public override int Version => 2;

        public override void Up(MigrationBuilder migration, string prefix) =>
            migration.AddColumn<string>("Word", prefix + "tally", nullable: true, defaultValue: "thanks");
    }

    private sealed class Impossible : PluginTableUpgrade
    {
        public override int Version => 2;

        public override void Up(MigrationBuilder migration, string prefix) =>
            migration.DropTable(prefix + "that_never_was");
    }
}
