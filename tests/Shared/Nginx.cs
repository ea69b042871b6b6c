using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Pipeline.Tests;

/// <summary>A real nginx in a folder of its own, on a free port of this machine, that serves a cache by its module for WebDAV.</summary>
internal sealed class Nginx : IDisposable
{
    private static readonly string[] Folders = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("pipeline-nginx-");
    private readonly Process process;
    private readonly int port = FreePort();

    /// <summary>One of this machine's, without encryption.</summary>
    /// <param name="settings">Further lines of what its configuration says of the cache.</param>
    public Nginx(string settings = "client_max_body_size 0;")
        : this(nginx => nginx.Server(settings), "http", "cache") { }

    private Nginx(Func<Nginx, string> server, string scheme, string path)
    {
        Url = $"{scheme}://127.0.0.1:{port}/{path}";
        Directory.CreateDirectory(PathOf("root"));
        // Started by root it works as another user, whom the folder must let in.
        if (!OperatingSystem.IsWindows())
            Process.Start("chmod", ["-R", "a+rwX", folder.FullName]).WaitForExit();
        File.WriteAllText(PathOf("users"), "me:{PLAIN}geheim\n");
        File.WriteAllText(PathOf("nginx.conf"), Configuration(server(this)));
        process = Process.Start(
            new ProcessStartInfo(
                Program ?? throw new InvalidOperationException("nginx is not installed: apt-get install nginx-light."),
                ["-p", folder.FullName, "-e", PathOf("error.log"), "-c", PathOf("nginx.conf")]
            )
            {
                UseShellExecute = false,
                RedirectStandardError = true,
            }
        )!;
        try
        {
            WaitForStart();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The program; null where it isn't installed.</summary>
    public static string? Program { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Concat(Folders)
            .Select(place => Path.Combine(place, "nginx"))
            .FirstOrDefault(File.Exists);

    public string Url { get; }

    /// <summary>The requests that it answered, such as <c>GET /cache/ac/… 404</c>.</summary>
    public IReadOnlyList<string> Requests =>
        File.Exists(PathOf("access.log")) ? File.ReadAllLines(PathOf("access.log")) : [];

    /// <summary>What it holds, by path below the address.</summary>
    public IReadOnlyList<string> Entries =>
        Directory.Exists(PathOf("root/cache"))
            ?
            [
                .. Directory
                    .EnumerateFiles(PathOf("root/cache"), "*", SearchOption.AllDirectories)
                    .Select(path => Path.GetRelativePath(PathOf("root/cache"), path))
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    /// <summary>The file of an entry.</summary>
    public string PathOf(string name) => Path.Combine(folder.FullName, name);

    public void Dispose()
    {
        // Its workers end with it.
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    /// <summary>One with the server that the manual describes, save for its paths, port and host.</summary>
    /// <param name="server">The manual's configuration of the server.</param>
    /// <param name="certificate">Its certificate, as PEM.</param>
    /// <param name="key">The certificate's key, as PEM.</param>
    public static Nginx Of(string server, string certificate, string key) =>
        new(
            nginx =>
            {
                File.WriteAllText(nginx.PathOf("cache.pem"), certificate);
                File.WriteAllText(nginx.PathOf("cache.key"), key);
                return server
                    .Replace("listen 443", $"listen 127.0.0.1:{nginx.port}", StringComparison.Ordinal)
                    .Replace("/etc/ssl", nginx.folder.FullName, StringComparison.Ordinal)
                    .Replace("/etc/nginx/cache.users", nginx.PathOf("users"), StringComparison.Ordinal)
                    .Replace("/srv", nginx.PathOf("root"), StringComparison.Ordinal);
            },
            "https",
            "pipeline"
        );

    private string Server(string settings) =>
        $$"""
            server {
              listen 127.0.0.1:{{port.ToString(CultureInfo.InvariantCulture)}};
              root {{PathOf("root")}};
              location /cache/ {
                dav_methods PUT;
                create_full_put_path on;
                log_not_found off;
                {{settings}}
              }
            }
            """;

    private string Configuration(string server) =>
        $$"""
            daemon off;
            worker_processes 1;
            pid {{PathOf("nginx.pid")}};
            error_log {{PathOf("error.log")}};
            events { worker_connections 128; }
            http {
              log_format short '$request_method $uri $status';
              access_log {{PathOf("access.log")}} short;
              client_body_temp_path {{PathOf("body")}};
              proxy_temp_path {{PathOf("proxy")}};
              fastcgi_temp_path {{PathOf("fastcgi")}};
              uwsgi_temp_path {{PathOf("uwsgi")}};
              scgi_temp_path {{PathOf("scgi")}};
              {{server}}
            }
            """;

    private void WaitForStart()
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(20); DateTime.UtcNow < deadline; Thread.Sleep(20))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"nginx doesn't start: {process.StandardError.ReadToEnd()}");
            try
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                // Not yet.
            }
        }
        throw new InvalidOperationException("nginx doesn't answer.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
