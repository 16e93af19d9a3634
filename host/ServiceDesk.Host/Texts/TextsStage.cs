using System.Globalization;
using Microsoft.AspNetCore.Localization;
using ServiceDesk.Sdk.Pages;

namespace ServiceDesk.Host.Texts;

/// <summary>Sentences and languages.</summary>
public static class TextsStage
{
    /// <summary>Registers the sentences of the host; plugins add theirs as <see cref="TextSource"/> services.</summary>
    public static WebApplicationBuilder AddTexts(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TextCatalogue>();
        builder.Services.AddSingleton<ITexts, RequestTexts>();
        builder.Services.Configure<RequestLocalizationOptions>(options =>
        {
            var cultures = Languages.All.Select(CultureInfo.GetCultureInfo).ToList();
            options.DefaultRequestCulture = new RequestCulture(cultures[0]);
            options.SupportedCultures = cultures;
            options.SupportedUICultures = cultures;
            options.ApplyCurrentCultureToResponseHeaders = true;
            options.RequestCultureProviders =
            [
                new CustomRequestCultureProvider(context => Task.FromResult(Chosen(context))),
                new AcceptLanguageHeaderRequestCultureProvider(),
            ];
        });
        return builder;
    }

    /// <summary>Gives each request its language: <c>?lang=</c>, then the cookie that signing in and the language switch set, then the browser's wish.</summary>
    public static WebApplication UseTexts(this WebApplication app)
    {
        app.UseRequestLocalization();
        return app;
    }

    private static ProviderCultureResult? Chosen(HttpContext context)
    {
        var language =
            Languages.Known(context.Request.Query["lang"])
            ?? Languages.Known(context.Request.Cookies[Languages.Cookie]);
        return language is null ? null : new ProviderCultureResult(language);
    }
}
