using ServiceDesk.Host;
using ServiceDesk.Host.Access;
using ServiceDesk.Host.Api;
using ServiceDesk.Host.Configuration;
using ServiceDesk.Host.Grains;
using ServiceDesk.Host.Pages;
using ServiceDesk.Host.Plugins;
using ServiceDesk.Host.Reactions;
using ServiceDesk.Host.Texts;

var builder = WebApplication.CreateBuilder(args);

builder.AddStorage();
builder.AddConfigurationDocuments();
builder.AddPlugins();
builder.AddGrains();
builder.AddReactions();
builder.AddAccess();
builder.AddTexts();
builder.AddPages();
builder.AddApi();

var app = builder.Build();

app.UseTexts();
app.UseAccess();
app.MapPages();
app.MapApi();
app.MapPlugins();

app.Run();
