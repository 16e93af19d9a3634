using Microsoft.AspNetCore.Identity;
using NodaTime;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Plugins.Background;
using ServiceDesk.Host.Startup;
using ServiceDesk.Host.Startup.Setup;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.Files;
using ServiceDesk.Storage.Model;
using ServiceDesk.Storage.People;
using ServiceDesk.Storage.Portal;

namespace ServiceDesk.Host.Intake.Demo;

/// <summary>Fills an installation in which nobody is yet: desks, people, then tickets. One that was filled before is left alone.</summary>
internal sealed class DemoFilling(
    IServiceScopeFactory scopes,
    IPeopleStore people,
    ITicketGrains grains,
    PluginDemoData plugins,
    IAnnouncements announcements,
    IFileLibrary library,
    IFileStore files,
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
        var editor = scope.ServiceProvider.GetRequiredService<IConfigurationEditor>();
        var documents = DemoStories.Documents();
        await WriteAsync(editor, [.. documents.Where(file => !NamesTeams(file))], cancellation);
        var hasher = scope.ServiceProvider.GetRequiredService<IPasswordHasher<PersonRow>>();
        var company = new DemoCompany();
        await company.CreateAsync(people, Passwords.Hash(hasher, DemoAccounts.Password), cancellation);
        await new DemoDuty(people, clock.GetCurrentInstant()).WriteAsync(cancellation);
        var text = scope.ServiceProvider.GetRequiredService<DocumentText>();
        await WriteAsync(editor, [.. documents.Where(NamesTeams), .. Agreement(text)], cancellation);
        await plugins.WriteAsync(cancellation);
        var tickets = new DemoTickets(grains, configuration.Snapshot, company, clock.GetCurrentInstant());
        await tickets.WriteAsync(cancellation);
        await new DemoOutage(grains, company, clock.GetCurrentInstant()).WriteAsync(cancellation);
        await new DemoAnnouncements(announcements, people, clock.GetCurrentInstant()).WriteAsync(cancellation);
        await new DemoLibrary(library, files, people).WriteAsync(cancellation);
        await new DemoDoubts(grains, company, clock.GetCurrentInstant()).WriteAsync(cancellation);
        HasFilled = true;
    }

    // What is promised between teams can be written when there are teams. Whether the demo is possible shows before there is anybody.
    private static bool NamesTeams(ConfigurationFile file) =>
        file.Path.StartsWith("sla-policies/", StringComparison.Ordinal);

    // Customers of the demo read what is promised for incidents.
    private IReadOnlyList<ConfigurationFile> Agreement(DocumentText text) =>
        configuration.Snapshot.TryGet<SlaPolicyDocument>("incident", out var policy)
            ?
            [
                new ConfigurationFile(
                    ConfigurationFolder.PathOf(DocumentKinds.SlaPolicy, policy.Id),
                    text.ToYaml(
                        policy with
                        {
                            Published = new SlaPublication { Everyone = true },
                            Terms = new SlaTerms
                            {
                                Scope = LocalizedText.Of(
                                    "Services of IT support for everyone who works here and for customers with a contract.",
                                    "전 직원과 계약 고객에게 제공하는 IT 지원 서비스입니다."
                                ),
                                Exclusions = LocalizedText.Of(
                                    "Private devices, and planned maintenance that was announced three days before.",
                                    "개인 기기와 3일 전에 공지한 정기 점검은 제외합니다."
                                ),
                                Contacts = LocalizedText.Of(
                                    "Service desk, extension **1000**, weekdays 09:00 to 18:00.",
                                    "서비스데스크 내선 **1000**, 평일 09:00~18:00"
                                ),
                            },
                            Review = new SlaReview { On = clock.GetCurrentInstant().InUtc().Date.PlusDays(10) },
                        }
                    )
                ),
            ]
            : [];

    private static async Task WriteAsync(
        IConfigurationEditor editor,
        IReadOnlyCollection<ConfigurationFile> documents,
        CancellationToken cancellation
    )
    {
        var outcome = await editor.ImportAsync(
            documents,
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
