using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Json;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Plugins;
using ServiceDesk.Host.Plugins.Administration;
using ServiceDesk.Host.Plugins.Loading;
using ServiceDesk.Host.Plugins.Quarantine;
using ServiceDesk.Host.Texts;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage;
using Xunit;

namespace ServiceDesk.Sdk.Testing;

/// <summary>
/// What every plugin owes the product, on every database. Derive a class in the plugin's test project, which references the
/// plugin's project: <c>public class Contract(ContractServers servers) : PluginContractTests&lt;MyPlugin&gt;(servers)</c>.
/// </summary>
/// <typeparam name="TPlugin">The plugin's entry class.</typeparam>
/// <param name="servers">Given by xUnit; the tests of the class share them.</param>
public abstract class PluginContractTests<TPlugin>(ContractServers servers) : IClassFixture<ContractServers>
    where TPlugin : IServiceDeskPlugin, new()
{
    private ContractServer shared = null!;
    private ServiceDeskServer server = null!;
    private InstalledPlugin plugin = null!;

    /// <summary>Does to a ticket what makes it carry the plugin's facet, once on each server. Without facets nothing needs to be done.</summary>
    /// <param name="server">A server with the plugin.</param>
    /// <param name="ticket">A ticket of <see cref="TicketType"/>, just opened.</param>
    protected virtual Task TouchAsync(ServiceDeskServer server, TicketState ticket) => Task.CompletedTask;

    /// <summary>The ticket type on which the plugin is tried.</summary>
    protected virtual string TicketType => "incident";

    /// <summary>The folder that the build made is all that a server needs.</summary>
    [Theory]
    [OnEveryDatabase]
    public async Task It_loads_from_its_folder_in_a_context_of_its_own(DatabaseProvider database)
    {
        await StartAsync(database);
        var marks = Directory.CreateTempSubdirectory("servicedesk-marks-").FullName;
        try
        {
            var options = new PluginLoaderOptions
            {
                Roots = [Path.Combine(AppContext.BaseDirectory, "plugins")],
                MarksFolder = marks,
            };
            var loaded = new PluginLoader(options, new PluginMarks(marks)).Load().Find(plugin.Id)!;

            Assert.True(loaded.State == PluginLoadState.Loaded, $"{loaded.State}: {loaded.Reason}");
            Assert.NotSame(typeof(TPlugin).Assembly, loaded.Contents!.Assembly);
        }
        finally
        {
            Directory.Delete(marks, recursive: true);
        }
    }

    /// <summary>What is stored once can be read for ever: name, prefix and JSON of each event.</summary>
    [Theory]
    [OnEveryDatabase]
    public async Task Its_events_keep_their_name_and_come_back_from_json_as_they_were(DatabaseProvider database)
    {
        await StartAsync(database);
        var catalog = new EventCatalog(server.Plugins.Extensions);
        foreach (var (name, type) in plugin.Contents!.Events)
        {
            var made = (TicketEvent)Sample.Of(type)!;

            Assert.StartsWith(plugin.Id + ".", name, StringComparison.Ordinal);
            Assert.Equal(name, catalog.NameOf(made));
            Assert.Equal(made, catalog.Read(name, catalog.Write(made)));
        }

        var forgotten = typeof(TPlugin)
            .Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(TicketEvent)) && !type.IsAbstract)
            .Except(plugin.Contents.Events.Values);
        Assert.Empty(forgotten);
    }

    /// <summary>A facet takes every event of the product and its plugins, and is the same after it was stored.</summary>
    [Theory]
    [OnEveryDatabase]
    public async Task Its_facets_take_every_event_and_come_back_from_json_as_they_were(DatabaseProvider database)
    {
        await StartAsync(database);
        var ticket = await TouchedAsync();
        var events = typeof(TicketEvent)
            .Assembly.GetTypes()
            .Concat(server.Plugins.Extensions.Events.Values)
            .Where(type => type.IsSubclassOf(typeof(TicketEvent)) && !type.IsAbstract)
            .Select(type => (TicketEvent)Sample.Of(type)!)
            .ToList();
        foreach (var facet in plugin.Contents!.Facets)
        {
            foreach (var before in new[] { null, ticket.Facets.Find(facet.Id) })
            {
                foreach (var happened in events)
                {
                    var after = facet.Evolve(before, Recorded(happened, ticket), ticket);
                    Assert.Equal(after, RoundTrip(after, facet.StateType));
                }
            }
        }

        Assert.Empty(plugin.Health.Handlers);
    }

    /// <summary>Every sentence stands in English and Korean, and every one that a permission or setting names exists.</summary>
    [Theory]
    [OnEveryDatabase]
    public async Task Its_sentences_stand_in_every_language(DatabaseProvider database)
    {
        await StartAsync(database);
        var catalogue = new TextCatalogue(plugin.Contents!.Texts);
        var host = new TextCatalogue([]);
        var named = plugin
            .Contents.Permissions.SelectMany(permission => new[] { permission.NameKey, permission.DescriptionKey })
            .OfType<string>()
            .Concat(SettingKeys());
        foreach (var language in Languages.All)
        {
            var own = catalogue.Keys(language).Except(host.Keys(language)).ToHashSet(StringComparer.Ordinal);
            var english = catalogue.Keys("en").Except(host.Keys("en")).ToHashSet(StringComparer.Ordinal);

            Assert.Equal(english.Order(), own.Order());
            Assert.All(own, key => Assert.StartsWith(plugin.Id + ".", key, StringComparison.Ordinal));
            Assert.All(own, key => Assert.NotEmpty(catalogue.Find(language, key)!));
            Assert.All(named, key => Assert.NotNull(catalogue.Find(language, key)));
        }
    }

    /// <summary>Its permissions are its own, and the roles that have them at first exist.</summary>
    [Theory]
    [OnEveryDatabase]
    public async Task Its_permissions_are_its_own_and_granted_to_their_first_roles(DatabaseProvider database)
    {
        await StartAsync(database);
        var configuration = server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;
        foreach (var permission in plugin.Contents!.Permissions)
        {
            Assert.StartsWith(plugin.Id + ".", permission.Id, StringComparison.Ordinal);
            foreach (var role in permission.DefaultRoles)
            {
                Assert.True(configuration.TryGet<Configuration.RoleDocument>(role, out var document), role);
                Assert.Contains(permission.Id, document.Permissions);
            }
        }
    }

    /// <summary>Each of its routes and pages names policies that the server knows.</summary>
    [Theory]
    [OnEveryDatabase]
    public async Task Its_routes_name_policies_that_exist(DatabaseProvider database)
    {
        await StartAsync(database);
        var policies =
            server.Services.GetRequiredService<Microsoft.AspNetCore.Authorization.IAuthorizationPolicyProvider>();
        var own = server
            .Services.GetRequiredService<RouteTable>()
            .All()
            .Where(route => route.Pattern.Contains($"/plugins/{plugin.Id}/", StringComparison.OrdinalIgnoreCase));
        foreach (var route in own)
        {
            Assert.False(route.AllowsAnonymous, route.Pattern);
            Assert.NotEmpty(route.Policies);
            foreach (var policy in route.Policies)
            {
                Assert.True(await policies.GetPolicyAsync(policy) is not null, $"{route.Pattern}: {policy}");
            }
        }
    }

    /// <summary>The documents of its folder <c>configuration</c> fit their schemas and each other.</summary>
    [Theory]
    [OnEveryDatabase]
    public async Task Its_documents_are_part_of_a_new_configuration(DatabaseProvider database)
    {
        await StartAsync(database);
        var snapshot = (ConfigurationSnapshot)server.Services.GetRequiredService<ICurrentConfiguration>().Snapshot;
        var text = server.Services.GetRequiredService<DocumentText>();
        var folder = Path.Combine(plugin.Folder, "configuration");
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.yaml", SearchOption.AllDirectories) : [];
        foreach (var file in files)
        {
            var reading = text.FromYaml(File.ReadAllText(file));

            Assert.True(reading.Problems.Count == 0, $"{file}: {reading.Problems}");
            var document = reading.Document!;
            Assert.True(snapshot.Find(document.GetType(), document.Id) is not null, $"{file} was left out");
        }
    }

    /// <summary>Tickets that carry its facet stay readable while it is switched off, and have it again afterwards.</summary>
    [Theory]
    [OnEveryDatabase]
    public async Task Its_tickets_stay_readable_while_it_is_switched_off(DatabaseProvider database)
    {
        await StartAsync(database);
        var before = await TouchedAsync();
        server.Services.GetRequiredService<IPluginAdministration>().SwitchOff(plugin.Id);
        try
        {
            await server.RestartAsync();

            Assert.Equal(PluginLoadState.Disabled, server.Plugins.Find(plugin.Id)!.State);
            var without = (await server.Tickets.GetAsync(before.Id))!.State;
            Assert.Equal((before.Key, before.Version, before.Summary), (without.Key, without.Version, without.Summary));
        }
        finally
        {
            server.Services.GetRequiredService<IPluginAdministration>().SwitchOn(plugin.Id);
            await server.RestartAsync();
        }

        Assert.Equal(before, await TouchedAsync());
    }

    private async Task StartAsync(DatabaseProvider database)
    {
        shared = await servers.OfAsync(database);
        server = shared.Server;
        plugin = server.Plugins.All.Single(other => IsUnderTest(other));
    }

    private Task<TicketState> TouchedAsync() => shared.TicketAsync(TicketType, ticket => TouchAsync(server, ticket));

    private IEnumerable<string> SettingKeys() =>
        plugin.Contents!.Settings is { } settings
            ? SettingsText
                .PropertiesOf(settings)
                .Select(property => property.GetCustomAttribute<DisplayAttribute>())
                .SelectMany(display => new[] { display?.Name, display?.Description })
                .OfType<string>()
            : [];

    private static object? RoundTrip(object? facet, Type type) =>
        facet is null
            ? null
            : JsonSerializer.Deserialize(
                JsonSerializer.Serialize(facet, type, ServiceDeskJson.Stored),
                type,
                ServiceDeskJson.Stored
            );

    private static RecordedEvent Recorded(TicketEvent happened, TicketState ticket) =>
        new(ticket.Id, ticket.Version + 1, 1, happened, ticket.UpdatedAt, Actor.System, 1, Cause: null, Depth: 0);

    private static bool IsUnderTest(InstalledPlugin other) =>
        other.Contents?.Assembly == typeof(TPlugin).Assembly
        || other.Manifest?.Assembly == Path.GetFileName(typeof(TPlugin).Assembly.Location);
}
