using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Host.Plugins.Tables;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.Testing;
using ServiceDesk.Storage;
using ServiceDesk.Storage.Dialects;

namespace ServiceDesk.Host.Tests.Plugins;

/// <summary>Where no SQL Server can be had, the tables of the product's plugins on it are at least looked at: a change shows in review.</summary>
public sealed class SqlServerTablesTests
{
    [Fact]
    public async Task The_tables_of_plugins_and_their_upgrades_are_the_approved_ones()
    {
        await using var server = await ServiceDeskServer.StartAsync();
        var declared = server
            .Services.GetServices<PluginTables>()
            .OrderBy(owned => owned.Plugin, StringComparer.Ordinal);
        var received = string.Concat(declared.Select(Everything));
        Assert.NotEqual("", received);
        var approved = Path.Combine(Folder(), "SqlServerTables.approved.sql");

        var expected = File.Exists(approved) ? await File.ReadAllTextAsync(approved) : "";
        if (received != expected.ReplaceLineEndings("\n"))
        {
            await File.WriteAllTextAsync(Path.Combine(Folder(), "SqlServerTables.received.sql"), received);
        }

        Assert.Equal(expected.ReplaceLineEndings("\n"), received);
    }

    private static string Everything(PluginTables owned)
    {
        var dialect = Dialect.For(
            new StorageOptions
            {
                Provider = DatabaseProvider.SqlServer,
                DataFolder = "/nowhere",
                Connection = "Server=nowhere",
            }
        );
        using var context = owned.Create(dialect.ConfigureReading);
        var text = new StringBuilder();
        Add($"{owned.Plugin}: version {owned.Version}", 0);
        for (var version = 1; version < owned.Version; version++)
        {
            Add($"{owned.Plugin}: from version {version}", version);
        }

        return text.ToString();

        void Add(string title, int version)
        {
            text.Append("-- ").Append(title).Append('\n');
            foreach (var command in PluginTableCommands.Of(owned, context, version))
            {
                text.Append(command.CommandText.ReplaceLineEndings("\n").TrimEnd()).Append("\n\n");
            }
        }
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
