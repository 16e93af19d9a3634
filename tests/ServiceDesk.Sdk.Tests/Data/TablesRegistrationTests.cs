using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Sdk.Tests.Data;

public sealed class TablesRegistrationTests
{
    [Fact]
    public void Tables_are_declared_in_the_version_of_the_last_upgrade_whatever_the_order_they_were_given_in()
    {
        var builder = Registering.Builder();

        builder.AddTables<Stamps>(options => new Stamps(options), new Upgrade(3), new Upgrade(2));

        var tables = builder.Services.BuildServiceProvider().GetRequiredService<PluginTables>();
        Assert.Equal(("acme-stamps", 3), (tables.Plugin, tables.Version));
        Assert.Equal([2, 3], tables.Upgrades.Select(upgrade => upgrade.Version));
        Assert.Contains(builder.Services, service => service.ServiceType == typeof(IPluginTables<Stamps>));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(2, 2)]
    [InlineData(2, 4)]
    public void Upgrades_with_a_gap_are_refused(params int[] versions) =>
        Assert.Throws<ArgumentException>(() =>
            Registering
                .Builder()
                .AddTables<Stamps>(
                    options => new Stamps(options),
                    [.. versions.Select(version => new Upgrade(version))]
                )
        );

    [Fact]
    public void Every_name_in_the_database_carries_the_prefix()
    {
        using var context = new Stamps(new DbContextOptionsBuilder<Stamps>().UseSqlite().Options);

        // Sets of tickets have a type of their own and no table.
        var entity = Assert.Single(context.Model.GetEntityTypes(), type => type.GetTableName() is not null);

        Assert.Equal("plugin_acme_stamps_", context.Prefix);
        Assert.Equal("plugin_acme_stamps_stamps", entity.GetTableName());
        Assert.Equal("PK_plugin_acme_stamps_stamps", entity.FindPrimaryKey()!.GetName());
        Assert.Equal("IX_plugin_acme_stamps_stamps_Word", Assert.Single(entity.GetIndexes()).GetDatabaseName());
    }

    private sealed class Stamp
    {
        public long Id { get; set; }

        public string Word { get; set; } = "";
    }

    private sealed class Stamps(DbContextOptions options) : PluginDbContext(options, "acme-stamps")
    {
        protected override void Describe(ModelBuilder model) =>
            model.Entity<Stamp>(stamp =>
            {
                stamp.ToTable("stamps");
                stamp.HasIndex(row => row.Word);
            });
    }

    private sealed class Upgrade(int version) : PluginTableUpgrade
    {
        public override int Version => version;

        public override void Up(MigrationBuilder migration, string prefix) { }
    }

    /// <summary>A builder that takes services alone, for tables need no more of one.</summary>
    private class Registering : DispatchProxy
    {
        private static readonly PluginManifest Manifest = new(
            "acme-stamps",
            "1.0.0",
            ">=0.1",
            "x.dll",
            "Stamps",
            "",
            new Dictionary<string, string>()
        );

        private readonly ServiceCollection services = [];

        public static IPluginBuilder Builder() => Create<IPluginBuilder, Registering>();

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name switch
            {
                "get_Manifest" => Manifest,
                "get_Services" => services,
                var other => throw new NotSupportedException(other),
            };
    }
}
