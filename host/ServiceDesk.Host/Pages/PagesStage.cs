using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.Extensions.WebEncoders;
using NodaTime;
using ServiceDesk.Host.Intake.Files;
using ServiceDesk.Host.Intake.OpenForms;
using ServiceDesk.Host.Intake.Staffing;
using ServiceDesk.Host.Pages.Approvals;
using ServiceDesk.Host.Pages.Assets;
using ServiceDesk.Host.Pages.Branding;
using ServiceDesk.Host.Pages.Calendars;
using ServiceDesk.Host.Pages.Desks;
using ServiceDesk.Host.Pages.Errors;
using ServiceDesk.Host.Pages.Files;
using ServiceDesk.Host.Pages.Forms;
using ServiceDesk.Host.Pages.Portal;
using ServiceDesk.Host.Pages.Prose;
using ServiceDesk.Host.Pages.Roles;
using ServiceDesk.Host.Pages.Security;
using ServiceDesk.Host.Pages.Sla;
using ServiceDesk.Host.Pages.Slots;
using ServiceDesk.Host.Pages.Times;
using ServiceDesk.Host.Pages.Workspace;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Pages;

/// <summary>Portal, workspace and administration.</summary>
public static class PagesStage
{
    /// <summary>The cookie that carries a short message to the page after a redirect.</summary>
    public const string MessageCookie = "servicedesk-message";

    /// <summary>Registers pages and what they are made of.</summary>
    public static WebApplicationBuilder AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();

        // Korean stands in the page as it is; what HTML means is encoded all the same.
        builder.Services.Configure<WebEncoderOptions>(options =>
            options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All)
        );
        builder.Services.AddSingleton<FrontEndAssets>();
        builder.Services.AddSingleton<IDateTimeZoneProvider>(DateTimeZoneProviders.Tzdb);
        builder.Services.AddScoped<ReaderTimes>();
        builder.Services.AddSingleton<CalendarWords>();
        builder.Services.AddSingleton<HelpCentre>();
        builder.Services.AddSingleton<IMarkdown, PluginMarkdown>();
        builder.Services.AddTransient<SlotRenderer>();
        builder.Services.AddSingleton<FileIntake>();
        builder.Services.AddScoped<FileLookup>();
        builder.Services.AddSingleton<PostedFiles>();
        builder.Services.AddSingleton<PostedFields>();
        builder.Services.AddSingleton<Colleagues>();
        builder.Services.AddSingleton<OpenFormLimits>();
        builder.Services.AddSingleton<OpenFormDoor>();
        builder.Services.AddScoped<GoalAudience>();
        builder.Services.AddScoped<ApprovalWords>();
        builder.Services.AddSingleton<PermissionWords>();
        builder.Services.AddScoped<DeskChoices>();
        builder.Services.AddScoped<NewDeskTeam>();
        builder.Services.AddScoped<RequestReader>();
        builder.Services.AddWorkspace();
        builder.Services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "servicedesk-form";
            options.Cookie.SameSite = SameSiteMode.Strict;
        });
        builder.Services.Configure<CookieTempDataProviderOptions>(options =>
        {
            options.Cookie.Name = MessageCookie;
            options.Cookie.SameSite = SameSiteMode.Lax;
        });
        builder
            .Services.AddRazorPages()
            // Nothing here is a controller, and all types of all plugins would be looked at for one.
            .ConfigureApplicationPartManager(parts => parts.FeatureProviders.Remove(ControllersOf(parts)))
            .AddMvcOptions(options =>
            {
                options.Filters.Add(new KnownHandlers());
                options.Filters.Add(new RequiredArguments());
            });
        UnboundProperties.Add(builder.Services);
        return builder;
    }

    private static IApplicationFeatureProvider ControllersOf(ApplicationPartManager parts) =>
        parts.FeatureProviders.OfType<ControllerFeatureProvider>().Single();

    /// <summary>Headers, static files and error pages: in front of everything that answers.</summary>
    public static WebApplication UsePages(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseFrontEnd();
        app.UseErrorPages();
        return app;
    }

    /// <summary>Maps the pages.</summary>
    public static WebApplication MapPages(this WebApplication app)
    {
        app.MapRazorPages();
        app.MapFiles();
        app.MapBrand();
        return app;
    }
}
