/// Everything that can be asked of the API.
enum RouteTable {
    static let routes =
        ConnectorRoutes.all + SetupRoutes.all + ConnectionRoutes.all + RunRoutes.all + RecordRoutes.all
        + NoticeRoutes.all + ChannelRoutes.all + DiagnosisRoutes.all + LiveRoutes.all + AccessRoutes.all
}
