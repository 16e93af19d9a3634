using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ServiceDesk.Sdk.Plugins;

namespace ServiceDesk.Sdk.Data;

/// <summary>The tables that a plugin declared, for the server, which makes and upgrades them before the first request.</summary>
/// <param name="Plugin">The plugin's id.</param>
/// <param name="Version">The version in which the context describes them: 1, or that of the last upgrade.</param>
/// <param name="Create">Makes a context.</param>
/// <param name="Upgrades">The upgrades, by version.</param>
public sealed record PluginTables(
    string Plugin,
    int Version,
    Func<Action<DbContextOptionsBuilder>, PluginDbContext> Create,
    IReadOnlyList<PluginTableUpgrade> Upgrades
);

/// <summary>Declares tables.</summary>
public static class PluginTablesRegistration
{
    /// <summary>Tables of the plugin's own. When they cannot be made or upgraded, the plugin counts as crashed and the server goes on without it.</summary>
    /// <param name="builder">The plugin's builder.</param>
    /// <param name="create">Makes the context: <c>options => new MyContext(options)</c>.</param>
    /// <param name="upgrades">One for each version after the first.</param>
    /// <exception cref="ArgumentException">The upgrades are not numbered 2, 3 and so on.</exception>
    public static IPluginBuilder AddTables<TContext>(
        this IPluginBuilder builder,
        Func<DbContextOptions<TContext>, TContext> create,
        params PluginTableUpgrade[] upgrades
    )
        where TContext : PluginDbContext
    {
        var ordered = upgrades.OrderBy(upgrade => upgrade.Version).ToList();
        if (ordered.Where((upgrade, index) => upgrade.Version != index + 2).Any())
        {
            throw new ArgumentException("Upgrades of tables are numbered 2, 3 and so on.", nameof(upgrades));
        }

        TContext Create(Action<DbContextOptionsBuilder> configure)
        {
            var options = new DbContextOptionsBuilder<TContext>();
            configure(options);
            return create(options.Options);
        }

        builder.Services.AddSingleton(new PluginTables(builder.Manifest.Id, ordered.Count + 1, Create, ordered));
        builder.Services.AddSingleton<IPluginTables<TContext>>(provider => new LentTables<TContext>(
            provider.GetRequiredService<IPluginDatabase>(),
            Create
        ));
        return builder;
    }
}

/// <summary>Tables on the database that the server lends.</summary>
internal sealed class LentTables<TContext>(
    IPluginDatabase database,
    Func<Action<DbContextOptionsBuilder>, TContext> create
) : IPluginTables<TContext>
    where TContext : PluginDbContext
{
    public async Task<T> ReadAsync<T>(
        Func<TContext, CancellationToken, Task<T>> read,
        CancellationToken cancellation = default
    )
    {
        await using var context = create(database.ConfigureReading);
        return await read(context, cancellation);
    }

    public Task<T> WriteAsync<T>(
        Func<TContext, CancellationToken, Task<T>> write,
        CancellationToken cancellation = default
    ) =>
        database.WriteAsync(
            async (lent, token) =>
            {
                await using var context = create(lent.Configure);
                await context.Database.UseTransactionAsync(lent.Transaction, token);
                var result = await write(context, token);
                await context.SaveChangesAsync(token);
                return result;
            },
            cancellation
        );
}
