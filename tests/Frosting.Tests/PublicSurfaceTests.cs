using Cake.Frosting;

namespace Pipeline.Frosting.Tests;

public sealed class PublicSurfaceTests
{
    /// <summary>All of them are in Cake.Frosting 7.0.0, and what is not there must not be here.</summary>
    [Fact]
    public void Nothing_is_public_but_these_types_of_Cakes() =>
        Assert.Equal(
            [
                "Cake.Frosting.AsyncFrostingTask",
                "Cake.Frosting.AsyncFrostingTask`1",
                "Cake.Frosting.CakeHost",
                "Cake.Frosting.CakeHostExtensions",
                "Cake.Frosting.ContinueOnErrorAttribute",
                "Cake.Frosting.FrostingContext",
                "Cake.Frosting.FrostingLifetime",
                "Cake.Frosting.FrostingLifetime`1",
                "Cake.Frosting.FrostingTask",
                "Cake.Frosting.FrostingTaskLifetime",
                "Cake.Frosting.FrostingTaskLifetime`1",
                "Cake.Frosting.FrostingTask`1",
                "Cake.Frosting.IFrostingContext",
                "Cake.Frosting.IFrostingLifetime",
                "Cake.Frosting.IFrostingTask",
                "Cake.Frosting.IFrostingTaskLifetime",
                "Cake.Frosting.IsDependeeOfAttribute",
                "Cake.Frosting.IsDependentOnAttribute",
                "Cake.Frosting.TaskDescriptionAttribute",
                "Cake.Frosting.TaskNameAttribute",
            ],
            typeof(CakeHost).Assembly.GetExportedTypes().Select(t => t.FullName).Order(StringComparer.Ordinal)
        );
}
