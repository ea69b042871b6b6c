using Cake.Core;

namespace Pipeline.Build;

/// <summary>Finds the folder of the project.</summary>
internal static class RepositoryRoot
{
    /// <summary>The folder that PIPELINE_ROOT names, else the nearest one above the program that holds Pipeline.sln.</summary>
    /// <exception cref="CakeException">There is none.</exception>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable("PIPELINE_ROOT") is { Length: > 0 } named)
            return Path.GetFullPath(named);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Pipeline.sln")))
                return folder.FullName;
        }
        throw new CakeException(
            "The project's folder was not found: start build.sh, or set PIPELINE_ROOT to the folder that holds Pipeline.sln."
        );
    }
}
