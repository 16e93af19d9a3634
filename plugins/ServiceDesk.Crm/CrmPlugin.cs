using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using ServiceDesk.Crm.Api;
using ServiceDesk.Crm.Import;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Crm.Upkeep;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Data;
using ServiceDesk.Sdk.Pages;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm;

/// <summary>Accounts, contacts, products and contracts, and what they mean for tickets.</summary>
public sealed class CrmPlugin : IServiceDeskPlugin
{
    /// <summary>The plugin's id.</summary>
    public const string Id = "crm";

    /// <summary>Who sees accounts, contacts, products and contracts.</summary>
    public const string SeePermission = "crm.see";

    /// <summary>Who chooses a ticket's contract and books to budgets.</summary>
    public const string WorkPermission = "crm.work";

    /// <summary>Who writes accounts, contacts, products and contracts, corrects ledgers and imports.</summary>
    public const string EditPermission = "crm.edit";

    /// <inheritdoc/>
    public void Configure(IPluginBuilder builder)
    {
        builder
            .AddTexts<Texts>()
            .AddSettings<CrmSettings>()
            .AddTables<CrmTables>(options => new CrmTables(options), new ClaimsUpgrade(), new LegalUpgrade())
            .AddPermission(Permission(SeePermission, "see", ["agent", "administrator"]))
            .AddPermission(Permission(WorkPermission, "work", ["agent", "administrator"]))
            .AddPermission(Permission(EditPermission, "edit", ["administrator"]));
        OnTickets(builder);
        builder
            .AddJob<CrmUpkeep>("contracts", Duration.FromMinutes(1))
            .AddDemoData<CrmDemo>()
            .AddNavigation(Link("crm.accounts.title", "building", "/plugins/crm/accounts", 60))
            .AddNavigation(Link("crm.contracts.title", "contract", "/plugins/crm/contracts", 61))
            .AddScriptModule(CrmScripts.Module)
            .AddApi(CrmRoutes.Map);
        Services(builder.Services);
    }

    private static void OnTickets(IPluginBuilder builder) =>
        builder
            .AddFacet(new CoverFacet())
            .AddEvent<TicketCovered>()
            .AddEvent<BudgetBooked>()
            .AddCommand(new CoverChoosing())
            .AddCommand(new CoverFinding())
            .AddCommand(new BudgetBooking())
            .AddRuleAction(CrmAutomation.Book)
            .AddRuleAction(CrmAutomation.Choose)
            .AddRuleAction(CrmAutomation.Find)
            .AddTicketPolicy(new CoverPolicy())
            .AddFacts<CrmFacts, CrmFactSource>()
            .AddReaction<LedgerReaction>("ledger")
            .AddReaction<OpeningReaction>("openings")
            .AddQueryField(CrmQueries.Account)
            .AddQueryField(CrmQueries.Contract)
            .AddQueryField(CrmQueries.Plan)
            .AddRecipient<LegalContact>(LegalContact.Recipient)
            .AddSearchSource<AccountSearch>(AccountSearch.Definition)
            .AddSlotView(Slots.TicketPanel, "/plugins/crm/_TicketPanel.cshtml", order: 30)
            .AddSlotView(Slots.PortalRequest, "/plugins/crm/_PortalRequest.cshtml");

    private static NavigationItem Link(string title, string icon, string path, int order) =>
        new(NavigationArea.Workspace, title, icon, path, SeePermission, order);

    private static PermissionDefinition Permission(string id, string word, ValueList<string> roles) =>
        new(id, $"crm.permission.{word}", roles) { DescriptionKey = $"crm.permission.{word}-why" };

    private static void Services(IServiceCollection services) =>
        services
            .AddSingleton<AccountScopes>()
            .AddSingleton<CrmDays>()
            .AddSingleton<CrmReader>()
            .AddSingleton<CoverReader>()
            .AddSingleton<CrmWriter>()
            .AddSingleton<AccountWriting>()
            .AddSingleton<ContactWriting>()
            .AddSingleton<ProductWriting>()
            .AddSingleton<ContractWriting>()
            .AddSingleton<LedgerWriting>()
            .AddSingleton<BudgetClaims>()
            .AddSingleton<ProductOffering>()
            .AddScoped<DemoPromises>()
            .AddSingleton<DocumentWriting>()
            .AddSingleton<CrmWords>()
            .AddSingleton<BudgetTelling>()
            .AddSingleton<Importing>();
}

/// <summary>The base name of the plugin's sentences.</summary>
public sealed class Texts;
