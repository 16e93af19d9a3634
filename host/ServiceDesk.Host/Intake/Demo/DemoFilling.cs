using Microsoft.AspNetCore.Identity;
using NodaTime;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Plugins.Background;
using ServiceDesk.Host.Startup;
using ServiceDesk.Host.Startup.Setup;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Intake.Demo;

/// <summary>Fills an installation in which nobody is yet: desks, people, then tickets. One that was filled before is left alone.</summary>
internal sealed class DemoFilling(
    IServiceScopeFactory scopes,
    IPeopleStore people,
    ITicketGrains grains,
    PluginDemoData plugins,
    ICurrentConfiguration configuration,
    IClock clock
) : IStartupStep
{
    public int Order => StartupOrder.Demo;

    /// <summary>Whether this start has filled it.</summary>
    public bool HasFilled { get; private set; }

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (await people.CountAsync(new PeopleFilter { OnlyActive = false }, cancellation) > 0)
        {
            return;
        }

        await using var scope = scopes.CreateAsyncScope();
        await WriteDesksAsync(scope.ServiceProvider.GetRequiredService<IConfigurationEditor>(), cancellation);
        var hasher = scope.ServiceProvider.GetRequiredService<IPasswordHasher<PersonRow>>();
        var company = new DemoCompany();
        await company.CreateAsync(people, Passwords.Hash(hasher, DemoAccounts.Password), cancellation);
        await plugins.WriteAsync(cancellation);
        var tickets = new DemoTickets(grains, configuration.Snapshot, company, clock.GetCurrentInstant());
        await tickets.WriteAsync(cancellation);
        await new DemoOutage(grains, company, clock.GetCurrentInstant()).WriteAsync(cancellation);
        HasFilled = true;
    }

    private static async Task WriteDesksAsync(IConfigurationEditor editor, CancellationToken cancellation)
    {
        var outcome = await editor.ImportAsync(
            DemoStories.Documents(),
            new ConfigurationImport { KeepOthers = true },
            new ConfigurationAuthor(null, "demo", null),
            cancellation
        );
        if (outcome.Status is not (ConfigurationStatus.Written or ConfigurationStatus.Unchanged))
        {
            throw new DemoImpossibleException(
                string.Join("; ", outcome.Problems.Select(problem => $"{problem.Path} {problem.Problem.Path}"))
            );
        }
    }
}
